import { Text } from '@mantine/core';
import { When } from '../ui/when.tsx';
import type { ImportView } from './import-words.ts';
import { people, whyOf } from './import-words.ts';

/** Of the import before this one, what whoever was not there to see its end should know. */
export function LastImport({ view }: { view: ImportView }) {
  const { state, total, done, added, endedAt } = view;
  if (endedAt === null || state === 'done') return null;
  return (
    <Text size="sm" c="dimmed">
      The last import, of {people(total)}, {state === 'failed' ? 'did not finish' : 'was cancelled'}{' '}
      <When at={endedAt} />. {whyOf(view)}{' '}
      {added ? `Everybody was added, and ${people(done)} invited.` : 'Nobody was added.'}
    </Text>
  );
}
