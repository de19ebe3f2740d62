import { expect, test } from 'vitest';
import { eventLoopPause } from '../../src-main/adapters/event-loop-pause.ts';

test('a pause lets everything go first that was waiting, timers’ and sockets’ work included', async () => {
  const order: string[] = [];
  setImmediate(() => order.push('what waited'));
  await Promise.resolve();
  order.push('what needs no pause');
  await eventLoopPause().breathe();
  order.push('the work after its pause');
  expect(order).toEqual(['what needs no pause', 'what waited', 'the work after its pause']);
});

test('once stopped, the pause under way and each later one fail, so that long work ends with the app', async () => {
  const pause = eventLoopPause();
  await pause.breathe();
  const underWay = pause.breathe();
  pause.stop();
  await expect(underWay).rejects.toThrow('closing');
  await expect(pause.breathe()).rejects.toThrow('closing');
});
