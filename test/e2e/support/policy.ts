import type { Policy } from '../../../src-main/domain/policy.ts';
import type { Mailbox } from './mail.ts';
import { MEMBER, OWNER } from './people.ts';
import type { Visitor } from './visitor.ts';

const CODES = new WeakMap<Visitor, string[]>();

/** Switches two-step verification on for whoever the visitor is signed in as. Gives the recovery codes. */
export async function enableFor(visitor: Visitor, mail: Mailbox, email: string): Promise<readonly string[]> {
  const { challengeId } = await visitor.do<{ challengeId: string }>('self.twoStep.sendEnableCode', { method: 'email' });
  const code = await mail.code(email);
  const { recoveryCodes } = await visitor.do<{ recoveryCodes: string[] }>('self.twoStep.enable', { challengeId, code });
  CODES.set(visitor, [...recoveryCodes]);
  return recoveryCodes;
}

/**
 * Password and a recovery code of the owner, who gets two-step verification for it where it is off. The last codes go first,
 * so that a test may spend the first ones itself, or ask for a mailed code at once.
 */
export async function stepUpOf(owner: Visitor, mail: Mailbox) {
  if (!CODES.has(owner)) await enableFor(owner, mail, OWNER.email);
  return { currentPassword: OWNER.password, proof: { method: 'recoveryCode', code: CODES.get(owner)?.pop() } };
}

/** The owner changes the policy, confirmed by the mailed code as the screen would. */
export async function changePolicy(owner: Visitor, mail: Mailbox, change: Partial<Policy>): Promise<void> {
  const seen = await owner.query('admin.policy.see');
  if (!seen.ok) throw new Error(`the policy was not shown: ${seen.code}`);
  const { version, policy } = seen.data as { version: number; policy: Policy };
  const { challengeId } = await owner.do<{ challengeId: string }>('admin.policy.sendCode');
  const code = await mail.code(OWNER.email);
  await owner.do('admin.policy.change', {
    expectedVersion: version,
    policy: { ...policy, ...change },
    proof: { method: 'email', challengeId, code },
  });
}

/** The owner invites the member; gives the code of the invitation. */
export async function inviteMember(owner: Visitor, mail: Mailbox): Promise<string> {
  await owner.do('admin.users.add', { name: MEMBER.name, email: MEMBER.email, phone: null, role: 'member' });
  return mail.longCode(MEMBER.email);
}

/** Ditto, and the member joins, elsewhere. */
export async function addMember(owner: Visitor, mail: Mailbox): Promise<void> {
  const code = await inviteMember(owner, mail);
  const { password } = MEMBER;
  await owner.stranger().do('open.invitation.accept', { code, password, confirmPassword: password });
}
