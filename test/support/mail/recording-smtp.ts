import type { SmtpSettings } from '../../../src-main/domain/connections.ts';
import type { Letter } from '../../../src-main/domain/message.ts';
import type { Smtp } from '../../../src-main/ports/mail.ts';

/** A mail server that takes everything, unless `weather` says what happens to the next letters. */
export interface RecordingSmtp extends Smtp {
  readonly handed: { readonly by: 'send' | 'sendOnce'; readonly settings: SmtpSettings; readonly letter: Letter }[];
  readonly weather: (() => Promise<void>)[];
}

export function recordingSmtp(): RecordingSmtp {
  const handed: RecordingSmtp['handed'] = [];
  const weather: RecordingSmtp['weather'] = [];
  const take = (by: 'send' | 'sendOnce'): Smtp['send'] => {
    return async (settings, _id, letter) => {
      handed.push({ by, settings, letter });
      await weather.shift()?.();
    };
  };
  return {
    handed,
    weather,
    send: take('send'),
    sendOnce: take('sendOnce'),
    canSign: (privateKey) => !privateKey.includes('useless'),
  };
}
