import type { SmtpView } from '../../src-main/domain/connections.ts';
import { Card } from '../ui/card.tsx';
import { Notice } from '../ui/notice.tsx';
import { StatusWord } from '../ui/status-word.tsx';
import type { Me } from '../ui/use-me.ts';
import classes from './smtp-card.module.css';
import { SmtpSettings } from './smtp-settings.tsx';

interface SmtpCardProps {
  smtp: SmtpView | 'unreadable' | null;
  me: Me;
}

/** The mail server: its settings, a trial of them, and whether it is in use. */
export function SmtpCard({ smtp, me }: SmtpCardProps) {
  const saved = smtp === 'unreadable' ? null : smtp;
  return (
    <section aria-labelledby="smtp">
      <Card title="Email (SMTP)" titleId="smtp" titleOrder={2} aside={<StatusWord state={saved ? 'active' : 'off'} />}>
        {smtp === 'unreadable' && (
          <div className={classes.part}>
            <Notice tone="warn" title="The saved settings cannot be read">
              They were sealed with another key, or the database was changed. Messages wait until you enter the settings
              again.
            </Notice>
          </div>
        )}
        <SmtpSettings key={saved?.updatedAt ?? 'none'} smtp={saved} me={me} />
      </Card>
    </section>
  );
}
