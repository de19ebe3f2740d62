import { useWindowEvent } from '@mantine/hooks';
import type { KeyboardEvent } from 'react';
import { useCallback, useEffectEvent, useRef } from 'react';
import { walkBoxes } from './pick.tsx';
import type { Selection } from './use-selection.ts';

/** How a list is picked from: the keys of its boxes, and where the focus goes when the bar of the selection comes and goes. */
export function usePicking(selection: Selection) {
  const list = useRef<HTMLElement>(null);
  const bar = useRef<HTMLElement>(null);
  const all = useRef<HTMLInputElement>(null);
  const pick = useEffectEvent(selection.pick);
  const onPick = useCallback((index: number, asRange: boolean) => pick(index, asRange), []);
  /** What it is given never changes, or every row would be drawn again with every other. */
  const onKey = useCallback((event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key !== 'Enter') return walkBoxes(event);
    event.preventDefault(); // or the button that has the focus then would take the key too
    bar.current?.querySelector('button')?.focus();
  }, []);
  const toBoxes = () => all.current?.focus({ preventScroll: true });
  useWindowEvent('keydown', ({ key, target, defaultPrevented }) => {
    const here = target === document.body || (target instanceof Node && list.current?.contains(target));
    if (key !== 'Escape' || !here || defaultPrevented || selection.people.size === 0) return;
    if (bar.current?.contains(document.activeElement)) toBoxes();
    selection.clear();
  });
  return { list, bar, all, onPick, onKey, toBoxes };
}
