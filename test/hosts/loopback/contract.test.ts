import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeHost } from '../host-contract.ts';
import { enter, startHost, stop } from '../support/start-loopback.ts';

describeHost('loopback', async () => {
  const data = mkdtempSync(join(tmpdir(), 'vestibule-host-'));
  const started = startHost(['--no-open', '--data', data]);
  const { port, token } = await started.ready();
  const origin = `http://127.0.0.1:${port}`;
  const jar = new Map<string, string>();
  const keep = (cookie: string) => {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
    if (value === '') jar.delete(name);
    else jar.set(name, value);
  };
  keep(await enter(port, token));
  return {
    origin,
    async request(path, init = {}) {
      const headers = new Headers(init.headers);
      headers.set('cookie', [...jar].map((pair) => pair.join('=')).join('; '));
      if (init.method === 'POST') headers.set('origin', origin);
      const response = await fetch(origin + path, { ...init, headers });
      for (const cookie of response.headers.getSetCookie()) keep(cookie);
      return response;
    },
    async close() {
      await stop(started);
      rmSync(data, { recursive: true, force: true });
    },
  };
});
