import classes from './message-text.module.css';

/** A message as text only: whatever stands in it stays inert (S56). */
export function MessageText({ text }: { text: string }) {
  return <div className={classes.text}>{text}</div>;
}
