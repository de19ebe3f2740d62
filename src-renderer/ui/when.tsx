import { Tooltip } from '@mantine/core';
import { exactTime, relativeTime } from './times.ts';

/** A moment in words, with the exact one in a tooltip. */
export function When({ at }: { at: number }) {
  return (
    <Tooltip label={exactTime(at)}>
      <time dateTime={new Date(at).toISOString()}>{relativeTime(at)}</time>
    </Tooltip>
  );
}
