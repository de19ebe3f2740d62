import { Drawer, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useState } from 'react';
import type { Person } from '../../src-main/domain/people.ts';
import { api } from '../api.ts';
import { Loading } from '../ui/loading.tsx';
import { METHODS } from '../ui/methods.ts';
import { Problem } from '../ui/problem.tsx';
import { ROLES } from '../ui/roles.ts';
import { exactTime, timeLeftLong } from '../ui/times.ts';
import type { Me } from '../ui/use-me.ts';
import { When } from '../ui/when.tsx';
import type { Act } from './acts.ts';
import classes from './person-drawer.module.css';
import { PersonExceptions } from './person-exceptions.tsx';
import { PersonGroups } from './person-groups.tsx';
import { PersonActs } from './person-menu.tsx';
import { PersonStatus } from './person-status.tsx';
import { TrustedDevices } from './trusted-devices.tsx';
import type { PersonInFull } from './use-people.ts';

/** What is done from here leaves it open, so the word that it was done has to be seen over it. */
const BEHIND_TOASTS = 180;

interface PersonDrawerProps {
  me: Me;
  /** Undefined while it is shut. */
  id: string | undefined;
  onClose: () => void;
  /** A dialog about the same person lies over it, and has the keys. */
  covered: boolean;
  onAct: (act: Act, person: Person) => void;
}

/** All that is known of somebody, beside the list. Who it was stays while it slides away. */
export function PersonDrawer({ me, id, onClose, covered, onAct }: PersonDrawerProps) {
  const [shown, setShown] = useState(id);
  if (id && id !== shown) setShown(id);
  const known = useQuery({ ...api.admin.users.see.queryOptions({ id: shown ?? '' }), enabled: shown !== undefined });
  return (
    <Drawer
      opened={id !== undefined}
      onClose={onClose}
      position="right"
      size="28rem"
      title={known.data?.name ?? 'Details'}
      closeButtonProps={{ 'aria-label': 'Close' }}
      transitionProps={{ duration: 120 }}
      overlayProps={{ backgroundOpacity: 0.25 }}
      zIndex={BEHIND_TOASTS}
      closeOnEscape={!covered}
    >
      {known.isPending && <Loading rows={5} />}
      {known.isLoadingError && <Problem error={known.error} retry={known.refetch} />}
      {known.data && <Details me={me} person={known.data} onAct={onAct} />}
    </Drawer>
  );
}

function Details({ me, person, onAct }: Pick<PersonDrawerProps, 'me' | 'onAct'> & { person: PersonInFull }) {
  const { account, permissions } = me;
  const manages = permissions.users === 'manage' && (person.mayAct || person.id === account.id);
  return (
    <Stack gap="xl">
      <div className={classes.top}>
        <PersonStatus person={person} />
        <PersonActs person={person} me={me} onAct={onAct} />
      </div>
      <dl className={classes.facts}>
        <Fact name="Email">{person.email}</Fact>
        <Fact name="Phone">{person.phone ?? <span className={classes.none}>None</span>}</Fact>
        <Fact name="Role">{ROLES[person.role]}</Fact>
        <Fact name={person.state === 'invited' ? 'Invited' : 'Added'}>
          <When at={person.createdAt} />
        </Fact>
        <Fact name="Last sign-in">
          {person.lastSignInAt === null ? (
            <span className={classes.none}>Never</span>
          ) : (
            <When at={person.lastSignInAt} />
          )}
        </Fact>
        <Fact name="Sessions">
          {person.sessions === 0 ? <span className={classes.none}>Not signed in</span> : person.sessions}
        </Fact>
        <Fact name="Sign-in from">
          {person.allowlist.length === 0 ? 'Anywhere' : person.allowlist.map((line) => <div key={line}>{line}</div>)}
        </Fact>
      </dl>
      <section>
        <h3 className={classes.heading}>Two-step verification</h3>
        <dl className={classes.facts}>
          <Fact name="Methods">
            {person.methods.length === 0 ? (
              <span className={classes.none}>None</span>
            ) : (
              person.methods.map((method) => <div key={method}>{METHODS[method].name}</div>)
            )}
          </Fact>
          {person.deadline !== null && (
            <Fact name={person.compliance === 'overdue' ? 'Was due' : 'Due'}>
              {exactTime(person.deadline)}
              {person.compliance === 'due' && <div className={classes.none}>{timeLeftLong(person.deadline)} left</div>}
            </Fact>
          )}
          {person.breakGlass && <Fact name="Exception">Account for emergencies: never asked to set it up</Fact>}
        </dl>
      </section>
      {person.twoStep === 'active' && <TrustedDevices person={person} manages={manages} />}
      <PersonGroups person={person} manages={permissions.users === 'manage'} />
      {permissions.generalSettings !== 'none' && <PersonExceptions person={person} />}
    </Stack>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className={classes.fact}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
