import { Checkbox, Text } from '@mantine/core';
import type { Method } from '../../src-main/domain/values.ts';
import { METHODS } from '../ui/methods.ts';
import classes from './policy-card.module.css';
import { METHOD_ORDER } from './policy-words.ts';
import { RequestSms } from './request-sms.tsx';
import type { PolicyDraft, PolicyView } from './use-policy-draft.ts';

interface MethodsPartProps {
  view: PolicyView;
  draft: PolicyDraft;
}

/** What people may set up and sign in with (R28, R29, R33, R34). */
export function MethodsPart({ view, draft }: MethodsPartProps) {
  const { methods, sms } = draft.policy;
  const allow = (method: Method, allowed: boolean) =>
    draft.edit({ methods: { ...methods, [method]: allowed ? 'allowed' : 'blocked' } });
  const none = view.working.every((method) => methods[method] === 'blocked');
  return (
    <fieldset className={classes.group} aria-labelledby="methods">
      <Text id="methods" fw={550}>
        Methods
      </Text>
      <Text size="sm" c="dimmed">
        What people may use as their second step. Taking one away locks nobody out: who has only that one is led to
        another at the next sign-in.
      </Text>
      <div className={classes.methods}>
        {METHOD_ORDER.map((method) => {
          const works = view.working.includes(method);
          const locked = method === 'sms' && !sms.entitled;
          return (
            <div key={method}>
              <Checkbox
                label={METHODS[method].name}
                description={describe(method, works, locked, methods[method])}
                checked={works && methods[method] !== 'blocked'}
                indeterminate={works && methods[method] === 'legacy'}
                disabled={!works || locked || !view.canChange}
                onChange={({ currentTarget }) => allow(method, currentTarget.checked)}
              />
              {locked && <RequestSms view={view} />}
            </div>
          );
        })}
      </div>
      {none && (
        <Text size="sm" c="var(--bad)" mt="sm" role="alert">
          Allow at least one method, or nobody could set it up.
        </Text>
      )}
    </fieldset>
  );
}

function describe(method: Method, works: boolean, locked: boolean, state: 'allowed' | 'legacy' | 'blocked'): string {
  if (locked) return 'A paid extra that this workspace does not have.';
  if (!works) return 'Not in this version of Vestibule yet.';
  if (state === 'legacy') return 'Legacy: who has it keeps it, and nobody else can set it up.';
  return METHODS[method].hint;
}
