import { Progress, Text } from '@mantine/core';

interface ProgressBarProps {
  label: string;
  done: number;
  total: number;
  /** What is counted: “people”. */
  unit: string;
}

const figure = (count: number) => count.toLocaleString('en');

/** How far long work is, as a bar and in figures. */
export function ProgressBar({ label, done, total, unit }: ProgressBarProps) {
  return (
    <div>
      <Progress.Root size="lg">
        <Progress.Section
          value={total > 0 ? (100 * done) / total : 0}
          aria-label={label}
          aria-valuetext={`${done} of ${total}`}
        />
      </Progress.Root>
      <Text size="sm" c="dimmed" mt={6} className="numerals">
        {figure(done)} of {figure(total)} {unit}
      </Text>
    </div>
  );
}
