import { Anchor } from '@mantine/core';
import type { ReactNode } from 'react';
import { failureOf } from '../explain.ts';
import { Notice } from '../ui/notice.tsx';
import { type Proof, ProveForm } from '../ui/prove-form.tsx';

interface ProveRolesProps {
  /** Who gets which role by it. */
  children: ReactNode;
  /** What leads back to the form before. */
  back: string;
  onBack: () => void;
  pending: boolean;
  failure: unknown;
  onForget: () => void;
  onProve: (proof: Proof) => void;
}

/** In the place of a form that lets somebody in with a role above member: a session alone is not enough for it (S26). */
export function ProveRoles({ children, back, onBack, failure, ...rest }: ProveRolesProps) {
  return (
    <ProveForm purpose="roles" autoFocus failure={isAsked(failure) ? null : failure} {...rest}>
      <Notice
        tone="warn"
        title="A role above member needs a proof"
        action={
          <Anchor component="button" type="button" size="sm" onClick={onBack}>
            {back}
          </Anchor>
        }
      >
        {children} Prove that it is you.
      </Notice>
    </ProveForm>
  );
}

/** Whether the engine says no more than that this form is to come. */
export const isAsked = (failure: unknown) => failureOf(failure)?.code === 'proofNeeded';
