import { useState } from 'react';
import type { Policy } from '../../src-main/domain/policy.ts';
import type { Answers } from '../api.ts';
import { type Difference, differences } from './policy-words.ts';

export type PolicyView = Answers['admin']['policy']['see'];

/** The policy while it is edited. */
export interface PolicyDraft {
  /** What would be in force after saving. */
  readonly policy: Policy;
  readonly changes: readonly Difference[];
  /** What another admin changed since the editing began; empty when nobody did. */
  readonly meanwhile: readonly Difference[];
  readonly edit: (edits: Partial<Policy>) => void;
  readonly discard: () => void;
  /** Goes on with the same edits on top of what is in force now. */
  readonly rebase: () => void;
}

/** Edits stand on the version they were made on: somebody else's change is pointed out, and never overwritten unseen. */
export function usePolicyDraft(view: PolicyView): PolicyDraft {
  const [edits, setEdits] = useState<Partial<Policy>>({});
  const [begunOn, setBegunOn] = useState(view);
  const policy = { ...view.policy, ...edits };
  const changes = differences(view.policy, policy);
  const editing = changes.length > 0;
  const moved = editing && begunOn.version !== view.version;
  return {
    policy,
    changes,
    meanwhile: moved ? differences(begunOn.policy, view.policy) : [],
    edit: (more) => {
      if (!editing) setBegunOn(view);
      setEdits((before) => ({ ...(editing ? before : {}), ...more }));
    },
    discard: () => setEdits({}),
    rebase: () => setBegunOn(view),
  };
}
