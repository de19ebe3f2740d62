import { Anchor, Checkbox, Group, Stack, Text, Textarea } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import type { Person } from '../../src-main/domain/people.ts';
import { api } from '../api.ts';
import { failureOf, fieldErrors } from '../explain.ts';
import { ActButton } from '../ui/act-button.tsx';
import { Failure } from '../ui/failure.tsx';
import { Loading } from '../ui/loading.tsx';
import { Notice } from '../ui/notice.tsx';
import { Problem } from '../ui/problem.tsx';
import { ProveForm } from '../ui/prove-form.tsx';
import { told } from '../ui/told.ts';
import type { Me } from '../ui/use-me.ts';
import { useReadAgain } from './use-people.ts';
import classes from './whitelist.module.css';

interface WhitelistProps {
  person: Person;
  me: Me;
  onDone: () => void;
}

/** Which addresses somebody may sign in from (R20). */
export function Whitelist(props: WhitelistProps) {
  const known = useQuery(api.admin.users.see.queryOptions({ id: props.person.id }));
  if (known.isPending) return <Loading rows={2} />;
  if (known.isLoadingError) return <Problem error={known.error} retry={known.refetch} />;
  return <Addresses {...props} allowlist={known.data.allowlist} />;
}

function Addresses({ person, me, onDone, allowlist }: WhitelistProps & { allowlist: readonly string[] }) {
  const [text, setText] = useState(allowlist.join('\n'));
  const [confirmed, setConfirmed] = useState(false);
  const [proving, setProving] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  const readAgain = useReadAgain();
  const save = useMutation(
    api.admin.users.setAllowlist.mutationOptions({
      onSuccess: async (saved) => {
        onDone();
        told(
          saved.allowlist.length === 0 ? 'Sign-in is open from anywhere' : 'The whitelist is saved',
          saved.allowlist.length === 0 ? '' : `${person.name} signs in from ${saved.allowlist.join(', ')} only.`,
        );
        await readAgain(person.id);
      },
      onError: (error) => {
        if (failureOf(error)?.code === 'proofNeeded') setProving(true);
        else field.current?.focus();
      },
    }),
  );
  const refusal = failureOf(save.error);
  const excluded = refusal?.code === 'allowlistExcludesYou' ? refusal.data.addresses : null;
  if (proving) {
    return (
      <ProveForm
        purpose="allowlist"
        autoFocus
        pending={save.isPending}
        failure={refusal?.code === 'proofNeeded' ? null : save.error}
        onForget={save.reset}
        onProve={(stepUp) => save.mutate({ id: person.id, text, confirmed, stepUp })}
      >
        <Notice
          tone="warn"
          title="This lets more in than before"
          action={
            <Anchor component="button" type="button" size="sm" onClick={() => setProving(false)}>
              Change the list
            </Anchor>
          }
        >
          {text.trim() === ''
            ? `${person.name} could sign in from anywhere.`
            : `${person.name} could sign in from addresses that were not allowed.`}{' '}
          Prove that it is you.
        </Notice>
      </ProveForm>
    );
  }
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!save.isPending) save.mutate({ id: person.id, text, confirmed });
      }}
    >
      <Stack gap="md">
        <Text size="sm">
          {person.id === me.account.id ? 'You' : person.name} can sign in from these addresses only, whatever password
          and code are given. Without any, sign-in is open from anywhere. Sessions that are open go on.
        </Text>
        <Textarea
          ref={field}
          label="Allowed addresses"
          description="One per line: an IPv4 or IPv6 address, or a range such as 192.0.2.0/24."
          inputWrapperOrder={['label', 'description', 'input', 'error']}
          classNames={{ input: classes.addresses ?? '', error: classes.lines ?? '' }}
          autosize
          minRows={4}
          maxRows={10}
          spellCheck={false}
          autoComplete="off"
          // It may appear too late for the dialog to take the focus to it.
          autoFocus
          data-autofocus
          value={text}
          onChange={({ currentTarget }) => {
            setText(currentTarget.value);
            setConfirmed(false);
            save.reset();
          }}
          // The engine names several lines in one sentence after the other.
          error={fieldErrors(save.error).text?.replaceAll(/ (?=Line \d+: )/g, '\n')}
        />
        <OwnAddress />
        {excluded ? (
          <Notice tone="warn" title="This list would lock you out">
            You are at {excluded.join(' and ')}, {excluded.length === 1 ? 'which is not' : 'neither of which is'} on it.
            Once you are signed out, you could not sign in from here again.
            <Checkbox
              mt="sm"
              label="Save it all the same"
              checked={confirmed}
              onChange={({ currentTarget }) => setConfirmed(currentTarget.checked)}
            />
          </Notice>
        ) : (
          refusal?.code !== 'invalidInput' && <Failure error={save.error} />
        )}
        <Group justify="flex-end">
          <ActButton type="submit" pending={save.isPending} disabled={excluded !== null && !confirmed}>
            Save
          </ActButton>
        </Group>
      </Stack>
    </form>
  );
}

/** Where whoever looks is signed in from, as the engine sees it. */
function OwnAddress() {
  const here = useQuery(api.self.sessions.list.queryOptions()).data?.find(({ current }) => current);
  if (!here) return null;
  return (
    <Text size="sm" c="dimmed">
      This computer is at <span className={classes.own}>{here.address}</span>
    </Text>
  );
}
