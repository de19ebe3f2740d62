/**
 * Who may call what, and what comes of it: `yes` where the call does its work, else the refusal; `"` is as to the left.
 * Answers are wrong and ids unknown (`inputs.ts`), so that whoever is let in is mostly told so.
 *
 * - may: Owner, Admin, Manager, Help desk, member; once signed in for good the others are told `forbidden`
 * - signed out: whoever has no live session, whatever token they hold
 * - pending: the second step is owed; enrolling: the deadline has passed, and the session is there to enrol
 * - password only: signed in with two-step verification off; both steps: with it on
 */
const TABLE = `
procedure                         may         signed out           pending               enrolling         password only            both steps
open.welcome                      O A M H m   yes                  "                     "                 "                        "
open.setUp                        O A M H m   alreadySetUp         "                     "                 "                        "
open.signIn.withPassword          O A M H m   signInRejected       "                     "                 "                        "
open.signIn.pending               O A M H m   signInExpired        yes                   signInExpired     "                        "
open.signIn.sendCode              O A M H m   signInExpired        resendTooSoon         signInExpired     "                        "
open.signIn.prove                 O A M H m   signInExpired        recoveryCodeRejected  signInExpired     "                        "
open.signIn.cancel                O A M H m   yes                  "                     "                 "                        "
open.reset.request                O A M H m   yes                  "                     "                 "                        "
open.reset.finish                 O A M H m   oneTimeCodeRejected  "                     "                 "                        "
open.invitation.accept            O A M H m   oneTimeCodeRejected  "                     "                 "                        "
open.openOutboxFolder             O A M H m   notFound             "                     "                 "                        "
open.demoMessages                 O A M H m   notFound             "                     "                 "                        "
open.changes                      O A M H m   yes                  "                     "                 "                        "
self.me                           O A M H m   notSignedIn          "                     yes               "                        "
self.keepAlive                    O A M H m   notSignedIn          "                     yes               "                        "
self.signOut                      O A M H m   notSignedIn          "                     yes               "                        "
self.sessions.list                O A M H m   notSignedIn          "                     enrolFirst        yes                      "
self.sessions.end                 O A M H m   notSignedIn          "                     enrolFirst        notFound                 "
self.sessions.endOthers           O A M H m   notSignedIn          "                     enrolFirst        yes                      "
self.profile.rename               O A M H m   notSignedIn          "                     enrolFirst        yes                      "
self.password.change              O A M H m   notSignedIn          "                     enrolFirst        currentPasswordRejected  "
self.twoStep.status               O A M H m   notSignedIn          "                     yes               "                        "
self.twoStep.codeState            O A M H m   notSignedIn          "                     yes               "                        "
self.twoStep.sendEnableCode       O A M H m   notSignedIn          "                     yes               "                        twoStepAlreadyActive
self.twoStep.enable               O A M H m   notSignedIn          "                     challengeExpired  "                        twoStepAlreadyActive
self.twoStep.sendProofCode        O A M H m   notSignedIn          "                     enrolFirst        twoStepOff               yes
self.twoStep.disable              O A M H m   notSignedIn          "                     enrolFirst        twoStepOff               currentPasswordRejected
self.twoStep.newRecoveryCodes     O A M H m   notSignedIn          "                     enrolFirst        twoStepOff               currentPasswordRejected
self.email.sendCode               O A M H m   notSignedIn          "                     enrolFirst        currentPasswordRejected  "
self.email.change                 O A M H m   notSignedIn          "                     enrolFirst        currentPasswordRejected  "
self.account.delete               O A M H m   notSignedIn          "                     enrolFirst        currentPasswordRejected  "
self.trustedDevices.list          O A M H m   notSignedIn          "                     enrolFirst        yes                      "
self.trustedDevices.revoke        O A M H m   notSignedIn          "                     enrolFirst        notFound                 "
self.trustedDevices.revokeAll     O A M H m   notSignedIn          "                     enrolFirst        yes                      "
self.outbox.list                  O A M H m   notSignedIn          "                     enrolFirst        yes                      "
self.outbox.read                  O A M H m   notSignedIn          "                     enrolFirst        notFound                 "
admin.connections.see             O A · · ·   notSignedIn          "                     enrolFirst        yes                      "
admin.connections.check           O A · · ·   notSignedIn          "                     enrolFirst        invalidInput             "
admin.connections.save            O A · · ·   notSignedIn          "                     enrolFirst        currentPasswordRejected  "
admin.connections.sendTest        O A · · ·   notSignedIn          "                     enrolFirst        invalidInput             "
admin.connections.remove          O A · · ·   notSignedIn          "                     enrolFirst        currentPasswordRejected  "
admin.clock.accept                O · · · ·   notSignedIn          "                     enrolFirst        currentPasswordRejected  "
admin.policy.see                  O A M · ·   notSignedIn          "                     enrolFirst        yes                      "
admin.policy.preview              O A M · ·   notSignedIn          "                     enrolFirst        yes                      "
admin.policy.previewPeople        O A M · ·   notSignedIn          "                     enrolFirst        yes                      "
admin.policy.previewCsv           O A M · ·   notSignedIn          "                     enrolFirst        yes                      "
admin.policy.sendCode             O A M · ·   notSignedIn          "                     enrolFirst        yes                      "
admin.policy.change               O A M · ·   notSignedIn          "                     enrolFirst        recoveryCodeRejected     "
admin.policy.sendInstructions     O A M · ·   notSignedIn          "                     enrolFirst        stateUnfit               "
admin.policy.requestSms           O A M · ·   notSignedIn          "                     enrolFirst        yes                      "
admin.jobs.see                    O A M · ·   notSignedIn          "                     enrolFirst        yes                      "
admin.jobs.cancel                 O A M · ·   notSignedIn          "                     enrolFirst        notFound                 "
admin.exceptions.list             O A M · ·   notSignedIn          "                     enrolFirst        yes                      "
admin.exceptions.grant            O A M · ·   notSignedIn          "                     enrolFirst        notFound                 "
admin.exceptions.end              O A M · ·   notSignedIn          "                     enrolFirst        notFound                 "
admin.people.list                 O A M H ·   notSignedIn          "                     enrolFirst        yes                      "
admin.people.count                O A M H ·   notSignedIn          "                     enrolFirst        yes                      "
admin.people.totals               O A M H ·   notSignedIn          "                     enrolFirst        yes                      "
admin.people.exportPage           O A M H ·   notSignedIn          "                     enrolFirst        yes                      "
admin.users.see                   O A M H ·   notSignedIn          "                     enrolFirst        notFound                 "
admin.users.add                   O A · · ·   notSignedIn          "                     enrolFirst        enrolYourselfFirst       currentPasswordRejected
admin.users.edit                  O A · · ·   notSignedIn          "                     enrolFirst        notFound                 "
admin.users.invite                O A · · ·   notSignedIn          "                     enrolFirst        notFound                 "
admin.users.changeRole            O A · · ·   notSignedIn          "                     enrolFirst        notFound                 "
admin.users.suspend               O A · · ·   notSignedIn          "                     enrolFirst        notFound                 "
admin.users.reinstate             O A · · ·   notSignedIn          "                     enrolFirst        notFound                 "
admin.users.unlock                O A · H ·   notSignedIn          "                     enrolFirst        notFound                 "
admin.users.signOutEverywhere     O A · H ·   notSignedIn          "                     enrolFirst        notFound                 "
admin.users.setAllowlist          O A · · ·   notSignedIn          "                     enrolFirst        notFound                 "
admin.users.revokeTrust           O A · · ·   notSignedIn          "                     enrolFirst        notFound                 "
admin.users.checkImport           O A · · ·   notSignedIn          "                     enrolFirst        yes                      "
admin.users.import                O A · · ·   notSignedIn          "                     enrolFirst        enrolYourselfFirst       currentPasswordRejected
admin.users.importState           O A · · ·   notSignedIn          "                     enrolFirst        notFound                 "
admin.users.latestImport          O A · · ·   notSignedIn          "                     enrolFirst        yes                      "
admin.users.cancelImport          O A · · ·   notSignedIn          "                     enrolFirst        notFound                 "
admin.groups.list                 O A M H ·   notSignedIn          "                     enrolFirst        yes                      "
admin.groups.add                  O A · · ·   notSignedIn          "                     enrolFirst        yes                      "
admin.groups.rename               O A · · ·   notSignedIn          "                     enrolFirst        notFound                 "
admin.groups.remove               O A · · ·   notSignedIn          "                     enrolFirst        notFound                 "
admin.groups.addMember            O A · · ·   notSignedIn          "                     enrolFirst        notFound                 "
admin.groups.removeMember         O A · · ·   notSignedIn          "                     enrolFirst        notFound                 "
admin.roles.see                   O A M H ·   notSignedIn          "                     enrolFirst        yes                      "
admin.roles.change                O · · · ·   notSignedIn          "                     enrolFirst        enrolYourselfFirst       currentPasswordRejected
helpDesk.resetTwoStep             O A · H ·   notSignedIn          "                     enrolFirst        notFound                 "
`;

export const STATES = ['signed out', 'pending', 'enrolling', 'password only', 'both steps'] as const;
export type State = (typeof STATES)[number];

const LETTERS = { owner: 'O', admin: 'A', manager: 'M', helpDesk: 'H', member: 'm' } as const;
export type AnyRole = keyof typeof LETTERS;
export const ROLES = Object.keys(LETTERS) as readonly AnyRole[];

interface Row {
  readonly path: string;
  readonly may: readonly string[];
  readonly cells: readonly string[];
}

const ROWS: readonly Row[] = TABLE.trim()
  .split('\n')
  .slice(1)
  .map((line) => {
    const [path = '', ...words] = line.split(/\s+/);
    const may = words.slice(0, 5);
    const cells: string[] = [];
    for (const word of words.slice(5)) cells.push(word === '"' ? (cells.at(-1) ?? '') : word);
    return { path, may, cells };
  });

/** Every procedure that the table has a row for. */
export const PATHS: readonly string[] = ROWS.map(({ path }) => path);

/** What the table says comes of a call; undefined where it has no such row. */
export function wordOf(path: string, state: State, role: AnyRole): string | undefined {
  const row = ROWS.find((each) => each.path === path);
  const signedInForGood = state === 'password only' || state === 'both steps';
  if (signedInForGood && !row?.may.includes(LETTERS[role])) return row && 'forbidden';
  return row?.cells[STATES.indexOf(state)];
}

/** Refused for want of the thing, not of a right, and not on record: there is no folder to open, and a form has a field empty. */
export const UNAUDITED: Readonly<Record<string, string>> = {
  'open.openOutboxFolder': 'notFound',
  'admin.connections.check': 'invalidInput',
  'admin.connections.sendTest': 'invalidInput',
};

/** Queries that are on record although they change nothing: what they give leaves the workspace. */
export const RECORDED: readonly string[] = ['admin.people.exportPage'];
