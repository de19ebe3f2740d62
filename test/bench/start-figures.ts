import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { openBenchEngine } from './engine.ts';
import { type Figure, timeFigure } from './figures.ts';

const STARTS = 7;
const MANY = 100_000;
const READY = /ready at (http\S+)/;

/** From starting the process to its ready line, and on to the first screen painted in a browser started then. @param main the built host @param browser path of a Chromium */
export async function startFigures(main: string, browser: string): Promise<Figure[]> {
  const counted = await starts(main, browser, mkdtempSync(join(tmpdir(), 'vestibule-bench-')));
  const large = await openBenchEngine('none', MANY);
  await large.deps.store.close();
  const ofLarge = await starts(main, browser, large.folder);
  return [
    timeFigure(
      'start to ready line',
      counted.map(({ ready }) => ready),
      500,
    ),
    timeFigure(
      'start to first screen, browser start included',
      counted.map(({ painted }) => painted),
      2_000,
    ),
    timeFigure(
      'start to ready line, 100,000 users',
      ofLarge.map(({ ready }) => ready),
      500,
    ),
  ];
}

/** The first one does not count: it makes the database, where there is none, and warms the disk. */
async function starts(main: string, browser: string, data: string) {
  const all = [];
  for (let count = 0; count <= STARTS; count += 1) all.push(await startOnce(main, browser, data));
  rmSync(data, { recursive: true, force: true });
  return all.slice(1);
}

async function startOnce(main: string, executablePath: string, data: string) {
  const start = performance.now();
  const app = spawn(process.execPath, [main, '--no-open', '--data', data], { stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = new Promise((resolve) => app.once('close', resolve));
  const link = await new Promise<string>((resolve, reject) => {
    app.stdout.on('data', (chunk) => {
      const found = READY.exec(String(chunk))?.[1];
      if (found) resolve(found);
    });
    app.once('close', () => reject(new Error('The app ended before it was ready.')));
  });
  const ready = performance.now() - start;
  const browser = await chromium.launch({ executablePath, chromiumSandbox: process.getuid?.() !== 0 });
  const page = await browser.newPage();
  await page.goto(link);
  await page.getByRole('heading', { level: 1 }).waitFor();
  const painted = performance.now() - start;
  await browser.close();
  app.kill('SIGTERM');
  await ended;
  return { ready, painted };
}
