import { readFileSync, writeFileSync } from 'node:fs';

/** In the screen's own units, from its left and top. */
export interface Place {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Where the window was last; null for what we did not write. */
export function readPlace(file: string): Place | null {
  try {
    const { x, y, width, height } = JSON.parse(readFileSync(file, 'utf8'));
    return [x, y, width, height].every(Number.isSafeInteger) ? { x, y, width, height } : null;
  } catch {
    return null;
  }
}

/** A full disk must not keep a window open: then the place is not kept. */
export function keepPlace(file: string, { x, y, width, height }: Place): void {
  try {
    writeFileSync(file, JSON.stringify({ x, y, width, height }), { mode: 0o600 });
  } catch {}
}

/** The same place wholly within a screen's free area, and no smaller than `smallest` where that has room. */
export function placeWithin(area: Place, place: Place, smallest: Pick<Place, 'width' | 'height'>): Place {
  const width = Math.min(Math.max(place.width, smallest.width), area.width);
  const height = Math.min(Math.max(place.height, smallest.height), area.height);
  const x = Math.max(area.x, Math.min(place.x, area.x + area.width - width));
  const y = Math.max(area.y, Math.min(place.y, area.y + area.height - height));
  return { x, y, width, height };
}
