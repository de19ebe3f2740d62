/**
 * `npm run pack [-- OPTIONS of electron-builder]`: packages for this system into out/packages, or says what that needs.
 * electron-builder is no dependency: 283 packages and 96 MB, which whoever only runs or tests the app would install in vain.
 */
import { spawnSync } from 'node:child_process';
import { buildIfStale } from './build.mjs';
import { fitNode } from './fit-node.mjs';
import { TOP } from './steps.mjs';

const BUILDER = 'electron-builder@26.17.0';
const NEEDS = `Packing needs the network: npx fetches ${BUILDER}, and that fetches Electron and its own tools, once each.
A dmg is made on macOS, an nsis installer on Windows (or with Wine), deb and AppImage on Linux.
Signing takes the certificates that electron-builder's environment variables name; without them packages are unsigned.
What is packed obeys the fuses: npx @electron/fuses read --app out/packages/…
`;

await fitNode();
process.stderr.write(NEEDS);
await buildIfStale().catch((error) => {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
});
const { status } = spawnSync(
  'npx',
  ['--yes', BUILDER, '--config', 'scripts/electron-builder.json', ...process.argv.slice(2)],
  {
    cwd: TOP,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  },
);
process.exit(status ?? 1);
