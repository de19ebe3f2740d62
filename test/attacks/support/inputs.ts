import { policyOf } from '../../../src-main/domain/policy.ts';
import { smtpForm } from '../../support/mail/settings.ts';

/**
 * An input of the right shape for each procedure that takes one. Answers are wrong and ids unknown, so that whoever is let
 * in is told so; the workspace to set up is set up already.
 */
export const INPUTS: Readonly<Record<string, unknown>> = {
  'open.setUp': firstRun(),
  'open.signIn.withPassword': wrongCredentials(),
  'open.signIn.sendCode': { method: 'email' },
  'open.signIn.prove': recoveryCode(),
  'open.reset.request': { email: 'nobody@example.org' },
  'open.reset.finish': newPassword(),
  'open.invitation.accept': joining(),
  'self.sessions.end': { id: 'unknown' },
  'self.profile.rename': { name: 'Ada Renamed' },
  'self.password.change': wrongChange(),
  'self.twoStep.codeState': { challengeId: 'unknown' },
  'self.twoStep.sendEnableCode': { method: 'email' },
  'self.twoStep.enable': answer(),
  'self.twoStep.sendProofCode': { purpose: 'disable' },
  'self.twoStep.disable': wrongStepUp(),
  'self.twoStep.newRecoveryCodes': wrongStepUp(),
  'self.email.sendCode': newAddress(),
  'self.email.change': { ...wrongStepUp(), ...answer() },
  'self.account.delete': wrongStepUp(),
  'self.trustedDevices.revoke': { id: 'unknown' },
  'self.outbox.read': { id: 'unknown' },
  'admin.connections.check': smtpForm({ host: '' }),
  'admin.connections.save': { ...smtpForm(), ...wrongStepUp() },
  'admin.connections.sendTest': smtpForm({ host: '' }),
  'admin.connections.remove': wrongStepUp(),
  'admin.policy.preview': { draft: policyOf('strong') },
  'admin.policy.previewPeople': { draft: policyOf('strong'), kind: 'enrolled', cursor: null },
  'admin.policy.previewCsv': { draft: policyOf('strong'), cursor: null },
  'admin.policy.change': { expectedVersion: 1, policy: { ...policyOf('strong'), trust: '7d' }, proof: recoveryCode() },
  'admin.clock.accept': wrongStepUp(),
  'admin.policy.requestSms': { note: 'For the night shift' },
  'admin.jobs.see': { kind: 'setupInstructions' },
  'admin.jobs.cancel': { id: 'unknown' },
  'admin.exceptions.grant': breakGlass(),
  'admin.exceptions.end': { id: 'unknown', proof: recoveryCode() },
  'admin.people.list': { ...everybody(), sort: 'name', direction: 'asc', cursor: null },
  'admin.people.count': everybody(),
  'admin.people.exportPage': { ...everybody(), cursor: null },
  'admin.users.see': { id: 'unknown' },
  'admin.users.add': { ...newcomer(), role: 'helpDesk', stepUp: wrongStepUp() },
  'admin.users.edit': { id: 'unknown', name: 'Ada Renamed', phone: null },
  'admin.users.invite': { id: 'unknown' },
  'admin.users.changeRole': { id: 'unknown', role: 'admin', ...wrongStepUp() },
  'admin.users.suspend': { id: 'unknown', reason: 'Left the company' },
  'admin.users.reinstate': { id: 'unknown' },
  'admin.users.unlock': { id: 'unknown' },
  'admin.users.signOutEverywhere': { id: 'unknown' },
  'admin.users.setAllowlist': { id: 'unknown', text: '192.0.2.0/24', confirmed: false },
  'admin.users.revokeTrust': { id: 'unknown', deviceId: 'unknown' },
  'admin.users.checkImport': { csv: 'name,email\nAda Again,ada@example.org' },
  'admin.users.import': { csv: 'name,email,role\nEve Second,eve@example.org,help desk', stepUp: wrongStepUp() },
  'admin.users.importState': { importId: 'unknown' },
  'admin.users.cancelImport': { importId: 'unknown' },
  'admin.groups.add': { name: 'Night shift' },
  'admin.groups.rename': { id: 'unknown', name: 'Night shift' },
  'admin.groups.remove': { id: 'unknown' },
  'admin.groups.addMember': { groupId: 'unknown', accountId: 'unknown' },
  'admin.groups.removeMember': { groupId: 'unknown', accountId: 'unknown' },
  'admin.roles.change': { role: 'manager', permissions: everyPermission(), ...wrongStepUp() },
  'helpDesk.resetTwoStep': { id: 'unknown', reason: 'Lost mailbox and codes', ...wrongStepUp() },
};

function firstRun() {
  const password = 'a horse of their own';
  const name = 'Eve Second';
  return {
    workspaceName: 'Mine',
    name,
    email: 'eve@example.org',
    password,
    confirmPassword: password,
    template: 'classic',
  };
}

function newcomer() {
  return { name: 'Eve Second', email: 'eve@example.org', phone: null };
}

function wrongCredentials() {
  return { email: 'nobody@example.org', password: 'not this one' };
}

function recoveryCode() {
  return { method: 'recoveryCode', code: '0'.repeat(20) };
}

function breakGlass() {
  const target = { accountId: 'unknown' };
  return { target, kind: 'breakGlass', until: null, reason: 'The safe', proof: recoveryCode() };
}

function answer() {
  return { challengeId: 'unknown', code: '000000' };
}

function newPassword() {
  return { code: 'unknown', newPassword: 'a brand new phrase', confirmPassword: 'a brand new phrase' };
}

function joining() {
  return { code: 'unknown', password: 'a brand new phrase', confirmPassword: 'a brand new phrase' };
}

function wrongChange() {
  const { code: _, ...chosen } = newPassword();
  return { currentPassword: 'not this one', ...chosen };
}

function wrongStepUp() {
  return { currentPassword: 'not this one', proof: recoveryCode() };
}

function newAddress() {
  return { newEmail: 'ada.new@example.org', currentPassword: 'not this one' };
}

function everybody() {
  return { search: '', status: null, role: null, groupId: null };
}

function everyPermission() {
  const [view, manage] = ['view', 'manage'];
  return {
    profile: manage,
    users: view,
    generalSettings: manage,
    connections: view,
    helpDesk: manage,
    auditLog: view,
    reports: view,
  };
}
