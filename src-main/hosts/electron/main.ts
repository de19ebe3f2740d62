import { join } from 'node:path';
import * as electron from 'electron';
import { version } from '../../../package.json' with { type: 'json' };
import { compose } from '../compose.ts';
import { runElectron } from './run.ts';

/** The Electron host with the real engine; built to out/main/electron.js. Nothing is awaited: Electron is ready only after this. */
const args = process.argv.slice(process.defaultApp ? 2 : 1);
runElectron({ electron, args, compose, built: join(import.meta.dirname, '..'), version });
