import type { Figure } from './figures.ts';
import { importFigures } from './import-figures.ts';
import { peerFigures } from './peer-figures.ts';
import { peopleFigures } from './people-figures.ts';
import { startFigures } from './start-figures.ts';
import { storeFigures, wholeSignInFigure } from './store-figures.ts';

/** What can be measured by itself: `npm run bench -- store people`. */
const SECTIONS: Readonly<Record<string, (main: string, browser: string) => Promise<Figure[]>>> = {
  store: storeFigures,
  hash: async () => [await wholeSignInFigure()],
  start: startFigures,
  peer: peerFigures,
  people: peopleFigures,
  import: importFigures,
};

/** Measures the sections named, or everything, and prints the table. */
export async function run(main: string, browser: string, asked: readonly string[]): Promise<void> {
  const unknown = asked.find((name) => !(name in SECTIONS));
  if (unknown) throw new Error(`There is no section ${unknown}, only: ${Object.keys(SECTIONS).join(', ')}.`);
  const figures: Figure[] = [];
  for (const [name, measure] of Object.entries(SECTIONS)) {
    if (asked.length === 0 || asked.includes(name)) figures.push(...(await measure(main, browser)));
  }
  const rows = figures.map(cells);
  const head = ['figure', 'median', 'against', 'ratio', 'aim', ''];
  const widths = head.map((title, column) =>
    Math.max(...[head, ...rows].map((row) => row[column]?.length ?? 0), title.length),
  );
  for (const row of [head, ...rows])
    console.log(
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    );
}

function cells({ name, measured, against, ratio, aim, met, reason }: Figure): string[] {
  const verdict = met ? 'met' : reason ? `missed: ${reason}` : 'missed';
  return [name, measured, against, ratio === null ? '' : `${ratio.toFixed(2)}×`, aim, verdict];
}
