import { useEffect, useState } from 'react';
import { serverNow } from './times.ts';

/** Whole seconds until an instant of the engine's clock, counting down; 0 once it has passed or when there is none. */
export function useCountdown(until: number | null): number {
  const [now, setNow] = useState(serverNow);
  const over = until === null || now >= until;
  useEffect(() => {
    setNow(serverNow());
    if (until === null || serverNow() >= until) return;
    const timer = setInterval(() => setNow(serverNow()), 500);
    return () => clearInterval(timer);
  }, [until]);
  // To the nearest: the engine's clock is known to a fraction of a second, and no minute starts at 1:01.
  return over ? 0 : Math.max(1, Math.round((until - now) / 1_000));
}
