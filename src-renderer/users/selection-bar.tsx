import { Button, Kbd, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconX } from '@tabler/icons-react';
import type { RefObject } from 'react';
import { useEffect, useState } from 'react';
import type { Me } from '../ui/use-me.ts';
import type { BulkAct } from './bulk-acts.ts';
import { BULK_ACTS, bulkActsFor } from './bulk-acts.ts';
import { BulkDialog } from './bulk-dialog.tsx';
import classes from './selection-bar.module.css';
import type { Selection } from './use-selection.ts';

interface SelectionBarProps {
  me: Me;
  selection: Selection;
  bar: RefObject<HTMLElement | null>;
  /** The bar is gone, and the focus that was in it belongs somewhere. */
  onGone: () => void;
}

/** Appears at the foot of the list once somebody is selected, with what can be done to all of them. */
export function SelectionBar({ me, selection, bar, onGone }: SelectionBarProps) {
  const [act, setAct] = useState<BulkAct | null>(null);
  const people = [...selection.people.values()];
  const open = people.length > 0;
  useEffect(() => {
    if (!open) return;
    // A word about the last act must not cover the buttons of the next.
    notifications.clean();
    // Nor must the bar cover what the keyboard is at; below a pointer nothing moves.
    document.querySelector('tbody :focus-visible')?.scrollIntoView({ block: 'nearest' });
  }, [open]);
  return (
    <>
      {open && (
        <section ref={bar} className={classes.bar} aria-label="Selection">
          <Text size="sm" fw={600} role="status" className="numerals">
            {people.length.toLocaleString('en')} selected
          </Text>
          <div className={classes.acts}>
            {bulkActsFor(me).map((each) => {
              const { name, Icon, danger } = BULK_ACTS[each];
              return (
                <Button
                  key={each}
                  variant="default"
                  size="xs"
                  title={name}
                  leftSection={<Icon size={16} aria-hidden />}
                  {...(danger && { c: 'var(--bad)' })}
                  onClick={() => setAct(each)}
                >
                  {name}
                </Button>
              );
            })}
          </div>
          <span className={classes.keys} aria-hidden>
            <Kbd size="xs">Enter</Kbd> leads here · <Kbd size="xs">Esc</Kbd> clears
          </span>
          <Button
            variant="subtle"
            size="xs"
            title="Clear"
            className={classes.clear ?? ''}
            leftSection={<IconX size={16} aria-hidden />}
            onClick={() => {
              selection.clear();
              onGone();
            }}
          >
            Clear
          </Button>
        </section>
      )}
      <BulkDialog
        me={me}
        act={act}
        people={people}
        onDone={selection.drop}
        onClose={() => setAct(null)}
        onClosed={() => !open && onGone()}
      />
    </>
  );
}
