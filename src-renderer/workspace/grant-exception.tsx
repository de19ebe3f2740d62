import { Modal, Radio, Stack, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '../api.ts';
import { Choice } from '../ui/choice.tsx';
import { exactTime, serverNow } from '../ui/times.ts';
import { told } from '../ui/told.ts';
import { useMe } from '../ui/use-me.ts';
import { dayOf, endOfDay } from './days.ts';
import { PickTarget, type Target } from './pick-target.tsx';
import { forgetSpent, PolicyProof } from './policy-proof.tsx';
import type { PolicyView } from './use-policy-draft.ts';

interface GrantExceptionProps {
  opened: boolean;
  onClose: () => void;
  view: PolicyView;
}

/** More time for somebody or a group, or an account for emergencies (R37). */
export function GrantException({ opened, onClose, view }: GrantExceptionProps) {
  return (
    <Modal opened={opened} onClose={onClose} title="Add an exception">
      <Grant onClose={onClose} view={view} />
    </Modal>
  );
}

interface Wish {
  kind: 'extension' | 'breakGlass';
  target: Target | null;
  day: string;
  reason: string;
}

const DAY = 86_400_000;
// The engine takes 90 days to the millisecond; the end of the last day would be beyond them.
const LONGEST = 89 * DAY;

function Grant({ onClose, view }: Omit<GrantExceptionProps, 'opened'>) {
  const now = serverNow();
  const [first, last] = [dayOf(now + DAY), dayOf(now + LONGEST)];
  const form = useForm<Wish>({
    initialValues: { kind: 'extension', target: null, day: dayOf(now + 7 * DAY), reason: '' },
    validate: {
      target: (target) => (target ? null : 'Choose who it is for.'),
      day: (day, { kind }) =>
        kind === 'extension' && !(day >= first && day <= last) ? 'Choose a day within 90 days, from tomorrow.' : null,
      reason: (reason) => (reason.trim() ? null : 'Say why.'),
    },
  });
  const { kind, target, day } = form.values;
  const isOwner = useMe().data?.account.role === 'owner';
  const queries = useQueryClient();
  const grant = useMutation(
    api.admin.exceptions.grant.mutationOptions({
      onSuccess: async (_, { proof }) => {
        forgetSpent(queries, proof);
        onClose();
        told('The exception is granted', target ? `It holds for ${target.name} from now on.` : '');
        await queries.invalidateQueries();
      },
    }),
  );
  const until = kind === 'extension' ? endOfDay(day) : null;
  const name = target?.name ?? '';
  return (
    <PolicyProof
      firstStep="Who and why"
      reminder={
        until === null
          ? `With this code, ${name} becomes an account for emergencies.`
          : `With this code, ${name} has until ${exactTime(until)}.`
      }
      recoveryCodes={view.ownTwoStep === 'active'}
      check={() => {
        const { hasErrors, errors } = form.validate();
        const marked = Object.keys(form.values).find((field) => field in errors);
        if (marked) form.getInputNode(marked)?.focus();
        return !hasErrors;
      }}
      pending={grant.isPending}
      failure={grant.error}
      onForget={grant.reset}
      onProve={(proof) => {
        const { reason } = form.getValues();
        if (target) grant.mutate({ target: target.ref, kind, until, reason, proof });
      }}
    >
      <Radio.Group
        label="Exception"
        value={kind}
        onChange={(next) => {
          const chosen = next === 'breakGlass' ? 'breakGlass' : 'extension';
          form.setFieldValue('kind', chosen);
          if (chosen === 'breakGlass' && target && 'groupId' in target.ref) form.setFieldValue('target', null);
        }}
      >
        <Stack gap="xs" mt={4}>
          <Choice value="extension" label="More time">
            A later deadline, for a person or a group.
          </Choice>
          {isOwner && (
            <Choice value="breakGlass" label="Account for emergencies">
              Never asked to set it up. Each of its sign-ins is told to every owner.
            </Choice>
          )}
        </Stack>
      </Radio.Group>
      <PickTarget groups={kind === 'extension'} value={target} {...form.getInputProps('target')} />
      {kind === 'extension' && (
        <TextInput
          type="date"
          label="Until"
          description="To the end of that day, by your clock."
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          min={first}
          max={last}
          {...form.getInputProps('day')}
        />
      )}
      <Textarea
        label="Reason"
        description="Kept on record with your name."
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        autosize
        minRows={2}
        maxRows={6}
        maxLength={400}
        {...form.getInputProps('reason')}
      />
    </PolicyProof>
  );
}
