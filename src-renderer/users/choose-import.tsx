import { Button, FileButton, Group, Stack, Text, Textarea } from '@mantine/core';
import { IconFileSpreadsheet } from '@tabler/icons-react';
import { fieldErrors } from '../explain.ts';
import { ActButton } from '../ui/act-button.tsx';
import { Failure } from '../ui/failure.tsx';
import classes from './import-users.module.css';

interface ChooseImportProps {
  csv: string;
  pending: boolean;
  failure: unknown;
  onChange: (csv: string) => void;
  onCheck: (csv: string) => void;
}

const EXAMPLE = 'name,email,role,phone\nRobin Vale,robin@example.org,member,+46701234567';

/** A file, or rows pasted. */
export function ChooseImport({ csv, pending, failure, onChange, onCheck }: ChooseImportProps) {
  const read = async (file: File | null) => {
    if (!file) return;
    const text = textOf(await file.arrayBuffer());
    onChange(text);
    onCheck(text);
  };
  const wrong = fieldErrors(failure).csv;
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!pending) onCheck(csv);
      }}
    >
      <Stack gap="md">
        <Text size="sm">
          A CSV file with a row for each person and the columns <code>name</code> and <code>email</code>;{' '}
          <code>role</code> and <code>phone</code> may be there too. You see what was read before anybody is added.
        </Text>
        <Group>
          <FileButton accept=".csv,.txt,text/csv,text/plain" onChange={(file) => void read(file)}>
            {(props) => (
              <Button
                {...props}
                variant="default"
                leftSection={<IconFileSpreadsheet size={18} aria-hidden />}
                data-autofocus
              >
                Choose a file
              </Button>
            )}
          </FileButton>
        </Group>
        <Textarea
          label="Or paste the rows here"
          placeholder={EXAMPLE}
          classNames={{ input: classes.rows ?? '' }}
          autosize
          minRows={5}
          maxRows={10}
          spellCheck={false}
          autoComplete="off"
          value={csv}
          onChange={({ currentTarget }) => onChange(currentTarget.value)}
          error={wrong}
        />
        {!wrong && <Failure error={failure} />}
        <Group justify="flex-end">
          <ActButton type="submit" pending={pending}>
            Check rows
          </ActButton>
        </Group>
      </Stack>
    </form>
  );
}

/** UTF-8 as it should be, or else what older spreadsheet programs write in the west. */
function textOf(bytes: ArrayBuffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}
