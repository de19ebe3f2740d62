import { useRef, useState } from 'react';
import { saveFile } from './save-file.ts';

/** One piece of a long file: its text, where the next one begins, and how many rows there are in all. */
export interface CsvPage {
  readonly csv: string;
  readonly next: string | null;
  readonly total: number;
  /** Rows so far, where the engine counts them. */
  readonly done?: number;
}

/** What Excel needs to read a file as UTF-8. */
const BYTE_ORDER_MARK = '\uFEFF';

/**
 * Fetches a CSV file piece by piece, then offers it to be saved; a cancelled one leaves nothing.
 * @param page asks for one piece; the first with null.
 */
export function useCsv(fileName: string, page: (cursor: string | null) => Promise<CsvPage>) {
  const [progress, setProgress] = useState<{ done: number; total: number } | null>(null);
  const [error, setError] = useState<unknown>(null);
  const run = useRef(0);
  const start = async () => {
    run.current += 1;
    const mine = run.current;
    setError(null);
    setProgress({ done: 0, total: 0 });
    try {
      const parts: string[] = [];
      for (let cursor: string | null = null, first = true; first || cursor !== null; first = false) {
        const piece: CsvPage = await page(cursor);
        if (run.current !== mine) return;
        parts.push(piece.csv);
        cursor = piece.next;
        setProgress({ done: piece.done ?? 0, total: piece.total });
      }
      saveFile(fileName, BYTE_ORDER_MARK + parts.join(''), 'text/csv');
    } catch (failure) {
      if (run.current === mine) setError(failure);
    }
    if (run.current === mine) setProgress(null);
  };
  const cancel = () => {
    run.current += 1;
    setProgress(null);
  };
  return { progress, error, start: () => void start(), cancel };
}
