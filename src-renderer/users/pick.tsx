import type { KeyboardEvent, Ref } from 'react';
import classes from './pick.module.css';

interface PickProps {
  name: string;
  picked: boolean;
  /** Some are, some are not. */
  mixed?: boolean;
  disabled?: boolean;
  onKeyDown?: (event: KeyboardEvent<HTMLInputElement>) => void;
  onPick: (asRange: boolean) => void;
  ref?: Ref<HTMLInputElement>;
}

/** The box that picks a row, as large as its cell for whoever points at it. */
export function Pick({ name, picked, mixed = false, onPick, ref, ...input }: PickProps) {
  return (
    <input
      {...input}
      type="checkbox"
      className={classes.box}
      aria-label={name}
      checked={picked}
      ref={(box) => {
        if (box) box.indeterminate = mixed;
        if (typeof ref === 'function') ref(box);
        else if (ref) ref.current = box;
      }}
      onChange={({ nativeEvent }) => onPick((nativeEvent as MouseEvent).shiftKey)}
    />
  );
}

/** From box to box with the arrows. */
export function walkBoxes(event: KeyboardEvent<HTMLInputElement>): void {
  const { key, currentTarget } = event;
  const row = currentTarget.closest('tr');
  const next = key === 'ArrowDown' ? row?.nextElementSibling : key === 'ArrowUp' ? row?.previousElementSibling : null;
  const box = next?.querySelector<HTMLInputElement>('input[type=checkbox]');
  if (!box) return;
  event.preventDefault();
  box.focus();
}
