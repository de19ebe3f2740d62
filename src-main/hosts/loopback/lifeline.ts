import { readFileSync } from 'node:fs';

const INTERVAL = 250;
const SHELLS = ['sh', 'dash', 'bash', 'zsh', 'ash', 'busybox'];

/** One look at the process tree; a test gives its own. */
export interface ProcessTree {
  /** This process's parent now. */
  parent(): number;
  /** Name and parent of another process; null when it cannot be told. */
  look(pid: number): { readonly name: string; readonly parent: number } | null;
}

/** Linux tells through /proc; elsewhere only the own parent is known, which macOS's shell makes npm by replacing itself. */
export const processTree: ProcessTree = {
  parent: () => (process.platform === 'win32' && !exists(process.ppid) ? 0 : process.ppid),
  look(pid) {
    try {
      const [, name = '', rest = ''] = /^\d+ \((.*)\) (.*)$/s.exec(readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? [];
      return { name, parent: Number(rest.split(' ')[1]) };
    } catch {
      return null;
    }
  },
};

/** Windows gives orphans no new parent. */
function exists(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/**
 * True as long as the processes that started this one live: the parent and, where that is a shell which npm put in
 * between, npm. An orphan is given a new parent, so a changed parent tells an end that a number could hide.
 * @param parent this process's parent when it began
 */
export function lifelineHolds(parent: number, tree: ProcessTree, startedByNpm: boolean): () => boolean {
  const shell = startedByNpm ? tree.look(parent) : null;
  const npm = shell && SHELLS.includes(shell.name) ? shell.parent : null;
  return () => tree.parent() === parent && (npm === null || tree.look(parent)?.parent === npm);
}

/** Calls `cut` once the lifeline is cut. */
export function watchLifeline(parent: number, cut: () => void): void {
  const holds = lifelineHolds(parent, processTree, process.env.npm_lifecycle_event !== undefined);
  const timer = setInterval(() => {
    if (holds()) return;
    clearInterval(timer);
    cut();
  }, INTERVAL);
  timer.unref();
}
