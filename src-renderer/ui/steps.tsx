import { Stepper } from '@mantine/core';
import classes from './steps.module.css';

/** How far a dialog has come; where there is no room for every name, only the present one is shown. */
export function Steps({ active, names }: { active: number; names: readonly string[] }) {
  return (
    <div className={classes.room}>
      <Stepper
        active={active}
        size="xs"
        iconSize={26}
        wrap={false}
        aria-label={`Step ${active + 1} of ${names.length}`}
        classNames={{ step: classes.step ?? '', stepBody: classes.body ?? '' }}
      >
        {names.map((label, step) => (
          <Stepper.Step key={label} label={label} tabIndex={-1} disabled={step !== active} />
        ))}
      </Stepper>
    </div>
  );
}
