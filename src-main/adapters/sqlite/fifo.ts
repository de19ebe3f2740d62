import { AsyncLocalStorage } from 'node:async_hooks';

/** Lets one piece of work run at a time, in the order they came. */
export class Fifo {
  #last: Promise<unknown> = Promise.resolve();
  readonly #running = new AsyncLocalStorage<{ over: boolean }>();

  /** Refuses work asked for from within its own running work: that would wait for itself for ever. */
  run<T>(work: () => Promise<T>): Promise<T> {
    if (this.#running.getStore()?.over === false) {
      return Promise.reject(new Error('A transaction may not begin another of its kind: it would wait for itself.'));
    }
    const turn = { over: false };
    const result = this.#last
      .then(() => this.#running.run(turn, work))
      .finally(() => {
        turn.over = true;
      });
    this.#last = result.catch(() => undefined);
    return result;
  }
}
