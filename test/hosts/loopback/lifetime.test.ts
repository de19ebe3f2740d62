import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { lifelineHolds, type ProcessTree } from '../../../src-main/hosts/loopback/lifeline.ts';
import { dataFolderForTest, enter, startHost, startHostForTest, startProcess } from '../support/start-loopback.ts';

const HOST = join(import.meta.dirname, '../support/loopback-host.ts');

describe('a signal ends the app', () => {
  test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    '%s: cleanly, with streams open and a call that hangs',
    async (signal) => {
      const started = startHostForTest();
      const { port, token } = await started.ready();
      const cookie = await enter(port, token);
      const ask = (procedure: string, headers = {}) =>
        fetch(`http://127.0.0.1:${port}/api/trpc/${procedure}`, { headers: { cookie, ...headers } });
      const stream = await ask('events', { accept: 'text/event-stream' });
      const cut = Promise.allSettled([stream.text(), ask('hang')]);
      await ask('counted');
      started.child.kill(signal);
      started.child.kill(signal);
      expect([await started.ended, started.stderr()]).toEqual([0, '']);
      expect((await cut).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
      expect(readdirSync(started.data)).toEqual(['vestibule.lock']);
    },
  );

  test('the temporary data folder of --demo goes with it, and --data is left alone', async () => {
    const temporary = mkdtempSync(join(tmpdir(), 'vestibule-temporary-'));
    onTestFinished(() => rmSync(temporary, { recursive: true, force: true }));
    const data = join(dataFolderForTest(), 'unused');
    const started = startHost(['--no-open', '--demo', '--data', data], { TMPDIR: temporary });
    await started.ready();
    expect(readdirSync(temporary)).toEqual([expect.stringMatching(/^vestibule-demo-/)]);
    started.child.kill('SIGTERM');
    expect(await started.ended).toBe(0);
    expect([readdirSync(temporary), existsSync(data)]).toEqual([[], false]);
    expect(started.stderr()).toMatch(/^--demo has .* --data .*\n$/);
  });
});

describe('the app does not outlive', () => {
  test('its parent', async () => {
    const parent = startProcess(
      'sh',
      ['-c', `"$@"; :`, 'sh', process.execPath, HOST, '--no-open', '--data', dataFolderForTest()],
      {
        npm_lifecycle_event: undefined,
      },
    );
    await parent.ready();
    parent.child.kill('SIGKILL');
    await parent.ended; // comes when the last process that holds stdout has ended
  });

  test('npm, which starts it through a shell', async () => {
    const host = [process.execPath, HOST, '--no-open', '--data', dataFolderForTest()];
    const npm = startProcess('sh', ['-c', `sh -c '"$@"; :' sh "$@"; :`, 'sh', ...host], {
      npm_lifecycle_event: 'start',
    });
    await npm.ready();
    npm.child.kill('SIGKILL');
    await npm.ended;
  });
});

describe('the lifeline', () => {
  const tree = (parent: number, others: Record<number, [string, number]>): ProcessTree => ({
    parent: () => parent,
    look: (pid) => (others[pid] ? { name: others[pid][0], parent: others[pid][1] } : null),
  });

  test('holds while the process tree stays as it was', () => {
    const others: Record<number, [string, number]> = { 20: ['sh', 10], 10: ['npm start', 5] };
    const holds = lifelineHolds(20, tree(20, others), true);
    expect(holds()).toBe(true);
    others[20] = ['sh', 1];
    expect(holds()).toBe(false);
  });

  test('is the parent alone where npm has no part in it, or no shell stands between', () => {
    const shell: Record<number, [string, number]> = { 20: ['sh', 10] };
    const direct: Record<number, [string, number]> = { 20: ['npm start', 10] };
    const alone = [lifelineHolds(20, tree(20, shell), false), lifelineHolds(20, tree(20, direct), true)];
    shell[20] = ['sh', 1];
    direct[20] = ['npm start', 1];
    expect(alone.map((holds) => holds())).toEqual([true, true]);
  });

  test('is cut for an orphan', () => {
    expect(lifelineHolds(20, tree(1, {}), false)()).toBe(false);
  });
});
