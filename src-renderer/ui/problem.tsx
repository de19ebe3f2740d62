import { Button, Stack } from '@mantine/core';
import { failureOf } from '../explain.ts';
import { Failure } from './failure.tsx';
import { Loading } from './loading.tsx';

/** A page or part whose content could not be had, with another try. */
export function Problem({ error, retry }: { error: unknown; retry: () => unknown }) {
  // Signed out meanwhile: the sign-in screen is on its way and says so better.
  if (failureOf(error)?.code === 'notSignedIn') return <Loading />;
  return (
    <Stack align="flex-start" maw="36rem">
      <Failure error={error} />
      <Button variant="default" onClick={() => retry()}>
        Try again
      </Button>
    </Stack>
  );
}
