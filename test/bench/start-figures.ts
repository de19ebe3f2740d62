import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { type Figure, timeFigure } from './figures.ts';

const STARTS = 7;
const READY = /ready at (http\S+)/;

/** From starting the process to its ready line, and on to the first screen painted in a browser started then. @param main the built host @param browser path of a Chromium */
export async function startFigures(main: string, browser: string): Promise<Figure[]> {
  const data = mkdtempSync(join(tmpdir(), 'vestibule-bench-'));
  const starts = [];
  for (let count = 0; count <= STARTS; count += 1) starts.push(await startOnce(main, browser, data));
  rmSync(data, { recursive: true, force: true });
  const counted = starts.slice(1); // the first one makes the database and warms the disk
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
  ];
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
