import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { api } from '../api.ts';
import { Failure } from '../ui/failure.tsx';
import { exactTime, relativeTime } from '../ui/times.ts';
import classes from './person-drawer.module.css';
import type { PersonInFull } from './use-people.ts';
import { useReadAgain } from './use-people.ts';

/** Computers on which somebody is not asked for their second step (R18). */
export function TrustedDevices({ person, manages }: { person: PersonInFull; manages: boolean }) {
  const readAgain = useReadAgain();
  const revoke = useMutation(api.admin.users.revokeTrust.mutationOptions({ onSettled: () => readAgain(person.id) }));
  return (
    <section>
      <h3 className={classes.heading}>Trusted devices</h3>
      {person.trustedDevices.length === 0 ? (
        <span className={classes.none}>None: every sign-in asks for the second step.</span>
      ) : (
        <ul className={classes.lines}>
          {person.trustedDevices.map(({ id, client, lastUsedAt, expiresAt }) => (
            <li key={id} className={classes.line}>
              <span>
                {client}
                <span className={classes.small}>
                  Used {relativeTime(lastUsedAt)}, until {exactTime(expiresAt)}
                </span>
              </span>
              {manages && (
                <Button
                  variant="subtle"
                  size="compact-sm"
                  aria-label={`Revoke ${client}, used ${exactTime(lastUsedAt)}`}
                  onClick={() => !revoke.isPending && revoke.mutate({ id: person.id, deviceId: id })}
                >
                  Revoke
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
      <Failure error={revoke.error} />
    </section>
  );
}
