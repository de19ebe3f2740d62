import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runElectron } from '../../../src-main/hosts/electron/run.ts';
import { describeHost } from '../host-contract.ts';
import { composeContractEngine } from '../support/contract-engine.ts';
import { standIn } from './stand-in.ts';

describeHost('Electron', async () => {
  const data = mkdtempSync(join(tmpdir(), 'vestibule-host-'));
  const { electron, opened, ended, fetch } = standIn();
  const built = join(import.meta.dirname, '../support');
  runElectron({ electron, args: ['--data', data], compose: composeContractEngine, built, version: '0.0.0' });
  const [url = ''] = (await opened).loaded;
  const origin = url.replace(/\/$/, '');
  return {
    origin,
    request(path, init = {}) {
      const headers = new Headers(init.headers);
      if (init.method === 'POST') headers.set('origin', origin);
      return fetch(origin + path, { ...init, headers });
    },
    async close() {
      electron.app.quit();
      await ended;
      rmSync(data, { recursive: true, force: true });
    },
  };
});
