import { Button, Group, Modal, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { SmtpView } from '../../src-main/domain/connections.ts';
import { api } from '../api.ts';
import { failureOf } from '../explain.ts';
import { ActButton } from '../ui/act-button.tsx';
import { Failure } from '../ui/failure.tsx';
import { Notice } from '../ui/notice.tsx';
import { ProveForm } from '../ui/prove-form.tsx';
import { showRefusal } from '../ui/show-refusal.ts';
import { told } from '../ui/told.ts';
import type { Me } from '../ui/use-me.ts';
import { DkimFields } from './dkim-fields.tsx';
import { SenderFields } from './sender-fields.tsx';
import { ServerFields } from './server-fields.tsx';
import { SignInFields } from './sign-in-fields.tsx';
import classes from './smtp-card.module.css';
import { useSmtpForm } from './use-smtp-form.ts';

/** The form with its two ways out: a test that changes nothing, and saving, which asks who you are (S26). */
export function SmtpSettings({ smtp, me }: { smtp: SmtpView | null; me: Me }) {
  const { form, changed } = useSmtpForm(smtp, me.workspace.name);
  const [proving, setProving] = useState(false);
  const queries = useQueryClient();
  const mark = (error: unknown) => showRefusal(form, error);
  const test = useMutation(api.admin.connections.sendTest.mutationOptions({ onError: mark }));
  const check = useMutation(
    api.admin.connections.check.mutationOptions({ onSuccess: () => setProving(true), onError: mark }),
  );
  const save = useMutation(
    api.admin.connections.save.mutationOptions({
      onSuccess: async () => {
        setProving(false);
        told('The mail server is saved', 'Codes and notices go through it from now on.');
        await queries.invalidateQueries();
      },
      onError: (error) => {
        if (failureOf(error)?.code !== 'invalidInput') return;
        setProving(false);
        mark(error);
      },
    }),
  );
  const busy = test.isPending || check.isPending;
  const { host, port } = form.values;

  return (
    <>
      <form
        noValidate
        autoComplete="off"
        onSubmit={form.onSubmit((values) => {
          test.reset();
          if (!busy) check.mutate(values);
        })}
      >
        <ServerFields form={form} />
        <SignInFields form={form} smtp={smtp} />
        <SenderFields form={form} />
        <DkimFields form={form} smtp={smtp} />
        <div className={classes.part}>
          {test.data && (
            <Notice tone="good" title="The mail server took the test">
              It is on its way to {test.data.sentTo}. Look into that mailbox, and into its spam folder.
              {changed.length > 0 && ' These settings are not saved yet.'}
            </Notice>
          )}
          <Failure error={test.error ?? check.error} />
          <div className={classes.foot}>
            <Text size="sm" role="status">
              {test.isPending
                ? `Talking to ${host}:${port}. This takes 30 seconds at most.`
                : changed.length > 0 && (
                    <>
                      Not saved yet: <strong>{changed.join(', ')}</strong>
                    </>
                  )}
            </Text>
            <Group gap="xs">
              {changed.length > 0 && smtp && (
                <Button variant="subtle" onClick={form.reset}>
                  Discard
                </Button>
              )}
              <ActButton
                variant="default"
                pending={test.isPending}
                onClick={() => {
                  check.reset();
                  if (!busy) test.mutate(form.getValues());
                }}
              >
                Send test
              </ActButton>
              <ActButton type="submit" pending={check.isPending}>
                Save
              </ActButton>
            </Group>
          </div>
        </div>
      </form>
      <Modal opened={proving} onClose={() => setProving(false)} title="Save mail server">
        <ProveForm
          purpose="connections"
          passwordOnly={me.twoStep === 'off'}
          pending={save.isPending}
          failure={save.error}
          onForget={save.reset}
          onProve={(stepUp) => save.mutate({ ...form.getValues(), ...stepUp })}
        >
          <Text size="sm">
            Every code and notice of this workspace will go through {host}. Whoever runs it can read them.
          </Text>
        </ProveForm>
      </Modal>
    </>
  );
}
