import { useEffect, useEffectEvent, useRef } from 'react';

const AT_MOST_EVERY_MS = 60_000;

/** Calls back when the person really does something, at most once a minute. Background refetching is no input. */
export function useRealInput(listening: boolean, onInput: () => void) {
  const last = useRef(Date.now());
  const noticed = useEffectEvent(() => {
    if (Date.now() - last.current < AT_MOST_EVERY_MS) return;
    last.current = Date.now();
    onInput();
  });
  useEffect(() => {
    if (!listening) return;
    const notice = () => noticed();
    const kinds = ['pointerdown', 'keydown', 'wheel'] as const;
    for (const kind of kinds) window.addEventListener(kind, notice, { passive: true });
    return () => {
      for (const kind of kinds) window.removeEventListener(kind, notice);
    };
  }, [listening]);
}
