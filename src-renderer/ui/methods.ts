import {
  IconDeviceMobileCheck,
  IconKey,
  IconLifebuoy,
  IconMail,
  IconMessage,
  IconPasswordMobilePhone,
} from '@tabler/icons-react';
import type { ProofMethod } from '../../src-main/domain/values.ts';

/** Every second step by its name on screen, with its picture and one sentence. */
export const METHODS: Readonly<Record<ProofMethod, { name: string; Icon: typeof IconMail; hint: string }>> = {
  email: { name: 'Email code', Icon: IconMail, hint: 'A six-digit code in your mailbox' },
  sms: { name: 'Text message', Icon: IconMessage, hint: 'A six-digit code on your phone' },
  authenticatorApp: { name: 'Authenticator app', Icon: IconPasswordMobilePhone, hint: 'The six digits your app shows' },
  securityKey: { name: 'Security key', Icon: IconKey, hint: 'Touch a key plugged into this computer' },
  phoneApproval: { name: 'Phone approval', Icon: IconDeviceMobileCheck, hint: 'Confirm on your phone' },
  recoveryCode: { name: 'Recovery code', Icon: IconLifebuoy, hint: 'One of the codes you saved' },
};

/** What a session was opened with, in words. */
export function provenBy(provenWith: ProofMethod | 'trustedDevice' | null): string | null {
  if (provenWith === 'trustedDevice') return 'Trusted device';
  return provenWith && METHODS[provenWith].name;
}
