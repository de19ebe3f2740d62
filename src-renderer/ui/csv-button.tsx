import { Button, Group, Progress, Text } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import classes from './csv-button.module.css';
import { Failure } from './failure.tsx';
import { type CsvPage, useCsv } from './use-csv.ts';

interface CsvButtonProps {
  label: string;
  fileName: string;
  /** Asks for one piece of the file; the first with null. */
  page: (cursor: string | null) => Promise<CsvPage>;
}

/** Saves a CSV file of any length, with its progress and a way to stop it. */
export function CsvButton({ label, fileName, page }: CsvButtonProps) {
  const { progress, error, start, cancel } = useCsv(fileName, page);
  const percent = progress && progress.total > 0 ? (100 * progress.done) / progress.total : 0;
  return (
    <>
      {progress ? (
        <Group gap="sm" wrap="nowrap">
          <Progress.Root className={classes.bar ?? ''} size="sm">
            <Progress.Section value={percent} aria-label={label} />
          </Progress.Root>
          <Text size="sm" c="dimmed" className="numerals">
            {progress.done.toLocaleString('en')} of {progress.total.toLocaleString('en')}
          </Text>
          <Button variant="subtle" size="compact-sm" onClick={cancel}>
            Cancel
          </Button>
        </Group>
      ) : (
        <Button variant="default" leftSection={<IconDownload size={16} aria-hidden />} onClick={start}>
          {label}
        </Button>
      )}
      <Failure error={error} />
    </>
  );
}
