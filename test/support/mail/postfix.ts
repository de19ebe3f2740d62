import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, chown, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { type AddressInfo, connect, createServer } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { onTestFinished } from 'vitest';
import { freshFolder } from '../open-test-store.ts';
import type { Certificate } from './certificate.ts';

const run = promisify(execFile);
const NOBODY = 65_534;
const PATIENCE_MS = 50_000;

/** Why there is no Postfix to test with, and none can be had without harm; null when there is one. */
export async function whyNoPostfix(): Promise<string | null> {
  if (process.getuid?.() !== 0 || !existsSync('/etc/debian_version')) return 'needs root on Debian or Ubuntu';
  if (existsSync('/usr/sbin/postfix')) return null;
  if (existsSync('/run/systemd/system')) return 'installing Postfix would start a mail server on this computer';
  if (existsSync('/usr/sbin/sendmail')) return 'another mail server is installed on this computer';
  let problem = await install();
  if (problem) {
    await run('apt-get', ['update', ...APT]).catch(() => null); // a fresh machine knows no packages yet
    problem = await install();
  }
  return problem ? `Postfix could not be installed: ${problem}` : null;
}

/** Gives up soon where there is no network, waits where somebody else installs something. */
const APT = ['Acquire::http::Timeout=10', 'Acquire::Retries=0', 'DPkg::Lock::Timeout=40'].flatMap((option) => [
  '-o',
  option,
]);

/** What went wrong, null when nothing did. */
async function install(): Promise<string | null> {
  const args = ['install', '--yes', '--no-install-recommends', '--no-remove', ...APT, 'postfix'];
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const failed = await run('apt-get', args, { env, timeout: PATIENCE_MS }).then(
    () => null,
    (error: Error & { stderr?: string }) => (error.stderr || error.message).trim().split('\n').at(-1) ?? 'unknown',
  );
  return existsSync('/usr/sbin/postfix') ? null : failed;
}

export interface Postfix {
  readonly port: number;
  /** Every message in the mailbox of an address, as it lies there, with the line ends of the wire. */
  mailbox(address: string): Promise<string[]>;
}

/**
 * A Postfix of the test's own on the loopback, with a queue, a log and mailboxes in a folder that goes with the test. It
 * takes mail for the given addresses, over TLS only.
 */
export async function startPostfix(certificate: Certificate, addresses: readonly string[]): Promise<Postfix> {
  const folder = await freshFolder();
  const within = (...names: string[]) => join(folder, ...names);
  const port = await freePort();
  await chmod(folder, 0o755);
  for (const name of ['etc', 'spool', 'data', 'mail']) await mkdir(within(name));
  const { stdout } = await run('id', ['-u', 'postfix']);
  await chown(within('data'), Number(stdout), 0);
  await chown(within('mail'), NOBODY, NOBODY);
  await writeFile(within('certificate.pem'), `${certificate.key}${certificate.cert}`, { mode: 0o600 });
  await writeFile(within('etc', 'main.cf'), mainConfig(folder, addresses));
  await writeFile(within('etc', 'master.cf'), services(port));

  const postfix = spawn('/usr/sbin/postfix', ['-c', within('etc'), 'start-fg'], { stdio: 'ignore' });
  const ended = once(postfix, 'exit');
  onTestFinished(async () => {
    await run('/usr/sbin/postfix', ['-c', within('etc'), 'abort']).catch(() => null);
    await ended;
  });
  await Promise.race([untilItAnswers(port), ended]);
  if (postfix.exitCode !== null) throw new Error(`Postfix ended: ${await readFile(within('mail.log'), 'utf8')}`);
  return {
    port,
    async mailbox(address) {
      const box = within('mail', address, 'new');
      const names = existsSync(box) ? await readdir(box) : [];
      const messages = await Promise.all(names.map((name) => readFile(join(box, name), 'latin1')));
      return messages.map((message) => message.replaceAll('\n', '\r\n'));
    },
  };
}

function mainConfig(folder: string, addresses: readonly string[]): string {
  return `compatibility_level = 3.6
queue_directory = ${folder}/spool
data_directory = ${folder}/data
mail_owner = postfix
setgid_group = postdrop
maillog_file = ${folder}/mail.log
maillog_file_prefixes = ${folder}
myhostname = mta.example.org
mydestination =
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mynetworks = 127.0.0.0/8
alias_maps =
alias_database =
virtual_mailbox_domains = ${[...new Set(addresses.map((address) => address.split('@')[1]))].join(', ')}
virtual_mailbox_base = ${folder}/mail
virtual_mailbox_maps = inline:{ ${addresses.map((address) => `{ ${address} = ${address}/ }`).join(', ')} }
virtual_uid_maps = static:${NOBODY}
virtual_gid_maps = static:${NOBODY}
virtual_minimum_uid = 1000
smtpd_tls_security_level = encrypt
smtpd_tls_chain_files = ${folder}/certificate.pem
smtpd_relay_restrictions = reject_unauth_destination
smtpd_peername_lookup = no
`;
}

/** The services it takes to receive and deliver; none that would send anything elsewhere. */
function services(port: number): string {
  return `${port} inet n - n - - smtpd
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
error unix - - n - - error
retry unix - - n - - error
virtual unix - n n - - virtual
anvil unix - - n - 1 anvil
proxymap unix - - n - - proxymap
postlog unix-dgram n - n - 1 postlogd
`;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** It opens its port when it is ready, and no sooner. */
async function untilItAnswers(port: number): Promise<void> {
  for (;;) {
    const socket = connect(port, '127.0.0.1');
    const answers = await Promise.race([
      once(socket, 'connect').then(() => true),
      once(socket, 'error').then(() => false),
    ]).catch(() => false);
    socket.destroy();
    if (answers) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
