import { Link } from '@tanstack/react-router';
import type { Answers } from '../api.ts';
import { When } from '../ui/when.tsx';
import classes from './outbox-screen.module.css';

interface MessageListProps {
  messages: Answers['self']['outbox']['list'];
  /** The one in the reading pane. */
  shown: string;
}

/** Subjects, the newest first. */
export function MessageList({ messages, shown }: MessageListProps) {
  return (
    <ul className={classes.list} aria-label="Messages">
      {messages.map((message) => (
        <li key={message.id}>
          <Link
            to="/outbox"
            search={{ message: message.id }}
            replace
            className={classes.message}
            aria-current={message.id === shown ? 'true' : undefined}
          >
            <span className={classes.subject}>{message.subject}</span>
            <span className={classes.when}>
              {message.to} · <When at={message.at} />
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
