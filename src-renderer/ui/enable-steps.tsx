import { Stepper } from '@mantine/core';

const STEPS = ['Method', 'Code', 'Recovery codes'];

/** How far enabling has come; the three steps span two dialogs. */
export function EnableSteps({ active }: { active: number }) {
  return (
    <Stepper active={active} size="xs" iconSize={26} wrap={false} aria-label={`Step ${active + 1} of ${STEPS.length}`}>
      {STEPS.map((label, step) => (
        <Stepper.Step key={label} label={label} tabIndex={-1} disabled={step !== active} />
      ))}
    </Stepper>
  );
}
