import { Skeleton, Stack } from '@mantine/core';

/** Grey shapes while content is on its way; said once to screen readers. */
export function Loading({ rows = 3 }: { rows?: number }) {
  return (
    <Stack gap="sm" role="status" aria-label="Loading">
      <Skeleton height="1.25rem" width="40%" />
      {Array.from({ length: rows }, (_, row) => (
        <Skeleton key={String(row)} height="2.75rem" />
      ))}
    </Stack>
  );
}
