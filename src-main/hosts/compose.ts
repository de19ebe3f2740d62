import { join } from 'node:path';
import { argon2Hash } from '../adapters/argon2-hash.ts';
import { commonPasswords } from '../adapters/blocklist.ts';
import { eventLoopPause } from '../adapters/event-loop-pause.ts';
import { interfaceAddresses } from '../adapters/interface-addresses.ts';
import { folderMail } from '../adapters/mail/folder-mail.ts';
import { localOutbox } from '../adapters/mail/local-outbox.ts';
import { smtpMail } from '../adapters/mail/smtp-mail.ts';
import { openLog } from '../adapters/pino-log.ts';
import { openSqliteStore } from '../adapters/sqlite/open-store.ts';
import { inProcessBell, systemClock, systemRandom } from '../adapters/system-ambient.ts';
import { createApi } from '../api/router.ts';
import type { Caller } from '../domain/values.ts';
import type { Deps } from '../ports/deps.ts';
import { startClock } from '../use-cases/clock/start-clock.ts';
import { fillDemo } from '../use-cases/set-up/fill-demo.ts';
import { startDispatcherLoop } from './dispatcher-loop.ts';
import { createHandle } from './handle.ts';
import type { Compose, ComposeOptions } from './host-types.ts';
import { startJobLoop } from './job-loop.ts';
import { keptCookies } from './kept-cookies.ts';
import { noticedMail } from './noticed-mail.ts';
import { rendererFilesIn } from './renderer-files.ts';
import { startSweeping } from './sweeping.ts';
import { startWholeCheck } from './whole-check.ts';

/** The one list of bindings: what each port is bound to, and nothing decided (ARCHITECTURE). */
export const compose: Compose = async (options) => {
  const within = (...names: string[]) => join(options.dataFolder, ...names);
  const random = systemRandom;
  const clock = systemClock();
  const pause = eventLoopPause();
  const store = await openSqliteStore({
    file: within('vestibule.db'),
    backupsFolder: within('backups'),
    now: clock.now,
  });
  try {
    const vault = await options.openVault({ keys: store.vaultKeys, random, now: clock.now });
    const isWhole = await store.sealRows(vault.rowSeal);
    await startClock({ store, clock }, ownCaller(options.surface));
    const log = openLog(within('logs'));
    const smtp = smtpMail();
    const deps: Deps = {
      store,
      clock,
      random,
      vault,
      passwordHash: argon2Hash(vault.pepper),
      bell: inProcessBell(),
      blocklist: commonPasswords(),
      localOutbox: localOutbox(within('outbox', 'mail')),
      smtp,
      desktop: { openFolder: options.openFolder },
      pause,
      log,
    };
    const api = createApi(await apiOptions(deps, options));
    const dispatcher = startDispatcherLoop({
      ...deps,
      mail: noticedMail(folderMail(within('outbox', 'mail')), options.onNotice),
    });
    const jobs = startJobLoop(deps);
    const sweeping = startSweeping(deps);
    const wholeCheck = startWholeCheck(deps, {
      isDue: !isWhole,
      file: within('vestibule.db'),
      rowKeys: vault.rowKeys,
      caller: ownCaller(options.surface),
    });
    return {
      random,
      log,
      cookies: keptCookies(within('cookies.kept'), vault),
      handle: createHandle({ api, renderer: rendererFilesIn(options.rendererFolder), random }),
      async close() {
        pause.stop();
        sweeping.stop();
        await Promise.all([jobs.stop(), dispatcher.stop(), smtp.close(), wholeCheck.stop()]);
        await store.close();
        log.close();
      },
    };
  } catch (error) {
    await store.close();
    throw error;
  }
};

/** The app itself, where nobody asked it to. */
function ownCaller(surface: ComposeOptions['surface']): Caller {
  return { surface, addresses: interfaceAddresses(), client: 'Vestibule' };
}

async function apiOptions(deps: Deps, { surface, cookieSuffix, version, demo }: ComposeOptions) {
  return {
    deps,
    surface,
    cookieSuffix,
    version,
    addresses: interfaceAddresses,
    demo: demo ? await fillDemo(deps, ownCaller(surface)) : null,
  };
}
