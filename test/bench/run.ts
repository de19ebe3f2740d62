import type { Figure } from './figures.ts';
import { peerFigures } from './peer-figures.ts';
import { peopleFigures } from './people-figures.ts';
import { startFigures } from './start-figures.ts';
import { storeFigures, wholeSignInFigure } from './store-figures.ts';

/** Measures everything and prints the table. */
export async function run(main: string, browser: string): Promise<void> {
  const figures = [
    ...(await storeFigures()),
    await wholeSignInFigure(),
    ...(await startFigures(main, browser)),
    ...(await peerFigures()),
    ...(await peopleFigures()),
  ];
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
