import type { Smtp } from '../../../src-main/ports/mail.ts';

const unexpected = () => Promise.reject(new Error('No mail server was expected to be asked.'));

/** Where no mail server is set up, none is asked. */
export const noSmtp: Smtp = { send: unexpected, sendOnce: unexpected, canSign: () => true };
