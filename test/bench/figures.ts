/** One line of the performance table. */
export interface Figure {
  readonly name: string;
  /** The measured median, with its unit. */
  readonly measured: string;
  /** What it is held against, measured in the same run; empty for plain times. */
  readonly against: string;
  readonly ratio: number | null;
  readonly aim: string;
  readonly met: boolean;
  /** Why an aim is missed, where that is known. */
  readonly reason?: string;
}

/** Both sides of a comparison, each round measured right after the other. Times in milliseconds per piece of work. */
export interface Rounds {
  readonly ours: readonly number[];
  readonly theirs: readonly number[];
}

/** Runs both sides in turn, `rounds` times after one that does not count; every second round the other side goes first. */
export async function inTurn(rounds: number, ours: Side, theirs: Side): Promise<Rounds> {
  const taken: { ours: number[]; theirs: number[] } = { ours: [], theirs: [] };
  for (let round = 0; round <= rounds; round += 1) {
    const [a, b] = round % 2 === 0 ? [await ours(), await theirs()] : [await theirs(), await ours()].reverse();
    if (round === 0 || a === undefined || b === undefined) continue;
    taken.ours.push(a);
    taken.theirs.push(b);
  }
  return taken;
}

/** Does one round's work and gives the milliseconds that one piece of it took. */
export type Side = () => Promise<number>;

/** Times `work` done `count` times, one after another. */
export async function timeEach(count: number, work: (index: number) => unknown): Promise<number> {
  const start = performance.now();
  for (let index = 0; index < count; index += 1) await work(index);
  return (performance.now() - start) / count;
}

/** CPU time, in milliseconds of all threads together and the system's share included, that `work` takes done `count` times, one after another. */
export async function cpuEach(count: number, work: (index: number) => unknown): Promise<number> {
  const start = process.cpuUsage();
  for (let index = 0; index < count; index += 1) await work(index);
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1_000 / count;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

/** Median of the rounds' own ratios, so that a disturbance of the machine weighs on both sides alike. */
export function ratioFigure(name: string, against: string, { ours, theirs }: Rounds, atMost: number): Figure {
  const ratio = median(ours.map((time, round) => time / (theirs[round] ?? Number.NaN)));
  const measured = milliseconds(median(ours));
  return {
    name,
    measured,
    against: `${milliseconds(median(theirs))} ${against}`,
    ratio,
    aim: `≤ ${atMost}×`,
    met: ratio <= atMost,
  };
}

/** How many times ours is cheaper: the median of the rounds' own ratios. @param reason what to say where it is not cheap enough */
export function cheaperFigure(
  name: string,
  against: string,
  { ours, theirs }: Rounds,
  atLeast: number,
  reason: string,
): Figure {
  const ratio = median(theirs.map((time, round) => time / (ours[round] ?? Number.NaN)));
  return {
    name,
    measured: `${milliseconds(median(ours))} CPU`,
    against: `${milliseconds(median(theirs))} ${against}`,
    ratio,
    aim: `≥ ${atLeast}× cheaper`,
    met: ratio >= atLeast,
    reason,
  };
}

/** @param times in milliseconds @param under the aim, in milliseconds */
export function timeFigure(name: string, times: readonly number[], under: number): Figure {
  const time = median(times);
  const aim = `< ${under / 1_000} s`;
  return { name, measured: milliseconds(time), against: '', ratio: null, aim, met: time < under };
}

export function milliseconds(time: number): string {
  return time < 1 ? `${(time * 1_000).toFixed(1)} µs` : `${time.toFixed(time < 10 ? 2 : 0)} ms`;
}
