import { z } from 'zod';
import { IMPACT_KINDS } from '../domain/impact.ts';
import type { Policy } from '../domain/policy.ts';
import { seeJob } from '../use-cases/jobs/see-job.ts';
import { cancelJob, sendInstructions } from '../use-cases/jobs/start-instructions.ts';
import { changePolicy } from '../use-cases/policy/change-policy.ts';
import { sendPolicyCode } from '../use-cases/policy/confirm-act.ts';
import { endException, grantException, listExceptions } from '../use-cases/policy/exceptions.ts';
import { previewCsv, previewImpact, previewPeople } from '../use-cases/policy/preview-impact.ts';
import { requestSms } from '../use-cases/policy/request-sms.ts';
import { seePolicy } from '../use-cases/policy/see-policy.ts';
import { id, nothing, proof } from './inputs.ts';
import { permitted, permittedAll, router } from './trpc.ts';

const methodState = z.enum(['allowed', 'legacy', 'blocked']);

/** What a policy may be is decided in `domain/policy-change.ts`. */
const policy = z.strictObject({
  enforcement: z.enum(['off', 'optional', 'required']),
  complianceDays: z.number('Choose 0 to 10 days.'),
  afterDeadline: z.enum(['enrol', 'block']),
  methods: z.strictObject({
    email: methodState,
    sms: methodState,
    authenticatorApp: methodState,
    securityKey: methodState,
    phoneApproval: methodState,
  }),
  methodRule: z.enum(['any', 'oneOrTwoWithSms']),
  sms: z.strictObject({ entitled: z.boolean(), role: z.enum(['off', 'primary', 'backup']) }),
  trust: z.enum(['never', 'session', '1d', '7d', '30d']),
  recoveryCodes: z.enum(['once', 'revealable']),
  onEnrol: z.enum(['revokeOthers', 'keep']),
  requireAdminEnrolled: z.boolean(),
  adminReset: z.enum(['on', 'off']),
  phishingResistant: z.enum(['off', 'privilegedRoles']),
}) satisfies z.ZodType<Policy>;

const see = permitted(['generalSettings', 'view']);
/** Names and addresses are the users' module's to show, wherever they stand (R40). */
const seePeople = permittedAll(['generalSettings', 'view'], ['users', 'view']);
const manage = permitted(['generalSettings', 'manage']);
const cursor = z.string('Go on from where a page ended.').min(1).max(4_000).nullable();
const draft = z.strictObject({ draft: policy });

/** The workspace's policy (R23–R34, R36, R38). */
export const policyRouter = router({
  see: see.input(nothing).query(({ ctx: { deps, actor } }) => seePolicy(deps, actor)),
  preview: see.input(draft).query(({ ctx: { deps }, input }) => previewImpact(deps, input.draft)),
  previewPeople: seePeople
    .input(draft.extend({ kind: z.enum(IMPACT_KINDS), cursor }))
    .query(({ ctx: { deps, actor }, input }) => previewPeople(deps, actor, input.draft, input.kind, input.cursor)),
  /** A mutation, because an export is put on record. */
  previewCsv: seePeople
    .input(draft.extend({ cursor }))
    .mutation(({ ctx: { deps, actor }, input }) => previewCsv(deps, actor, input.draft, input.cursor)),
  sendCode: manage.input(nothing).mutation(({ ctx: { deps, actor } }) => sendPolicyCode(deps, actor)),
  change: manage
    .input(z.strictObject({ expectedVersion: z.int(), policy, proof }))
    .mutation(async ({ ctx: { deps, actor, carrier }, input }) => {
      const { value, token } = await changePolicy(deps, actor, input);
      carrier.setSession(token);
      return value;
    }),
  sendInstructions: manage.input(nothing).mutation(({ ctx: { deps, actor } }) => sendInstructions(deps, actor)),
  requestSms: manage
    .input(z.strictObject({ note: z.string('Write a line, or nothing.').max(400, 'That is too long.') }))
    .mutation(async ({ ctx: { deps, actor }, input }) => {
      await requestSms(deps, actor, input.note);
      return {};
    }),
});

/** Long work, its progress and its Cancel. */
export const jobsRouter = router({
  see: see
    .input(z.strictObject({ kind: z.enum(['setupInstructions']) }))
    .query(({ ctx: { deps }, input }) => seeJob(deps, input.kind)),
  cancel: manage.input(z.strictObject({ id })).mutation(async ({ ctx: { deps, actor }, input }) => {
    await cancelJob(deps, actor, input.id);
    return {};
  }),
});

const target = z.union([z.strictObject({ accountId: id }), z.strictObject({ groupId: id })]);
const exception = z.strictObject({
  target,
  kind: z.enum(['extension', 'breakGlass']),
  until: z.number('Choose a day.').nullable(),
  reason: z.string('Say why, in one line.').max(1_000, 'That is too long.'),
  proof,
});

/** Exceptions from enforcement (R37). */
export const exceptionsRouter = router({
  list: see.input(nothing).query(({ ctx: { deps } }) => listExceptions(deps)),
  grant: manage.input(exception).mutation(async ({ ctx: { deps, actor, carrier }, input }) => {
    const { proof, ...wish } = input;
    const { value, token } = await grantException(deps, actor, wish, proof);
    carrier.setSession(token);
    return value;
  }),
  end: manage.input(z.strictObject({ id, proof })).mutation(async ({ ctx: { deps, actor, carrier }, input }) => {
    carrier.setSession((await endException(deps, actor, input.id, input.proof)).token);
    return {};
  }),
});
