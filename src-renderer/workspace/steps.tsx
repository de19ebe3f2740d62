import { Stepper } from '@mantine/core';

/** How far a dialog has come. */
export function Steps({ active, names }: { active: number; names: readonly string[] }) {
  return (
    <Stepper active={active} size="xs" iconSize={26} wrap={false} aria-label={`Step ${active + 1} of ${names.length}`}>
      {names.map((label, step) => (
        <Stepper.Step key={label} label={label} tabIndex={-1} disabled={step !== active} />
      ))}
    </Stepper>
  );
}
