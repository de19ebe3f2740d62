import { Button, Container, Group, Stack, Text, Title } from '@mantine/core';
import type { ErrorComponentProps } from '@tanstack/react-router';
import { useRouter } from '@tanstack/react-router';
import { Failure } from './failure.tsx';
import { ButtonLink } from './links.tsx';

/** Stands where a screen broke; the rest of the program goes on. */
export function BrokenPage({ error, reset }: ErrorComponentProps) {
  const router = useRouter();
  const again = () => {
    reset();
    void router.invalidate();
  };
  return (
    <Container size="sm" py="xl" component="main">
      <Stack align="flex-start">
        <Title order={1}>This page could not be shown</Title>
        <Failure error={error} />
        <Button variant="default" onClick={again}>
          Try again
        </Button>
      </Stack>
    </Container>
  );
}

/** An address that leads nowhere. */
export function MissingPage() {
  return (
    <Container size="sm" py="xl" component="main">
      <title>Page not found · Vestibule</title>
      <Stack align="flex-start">
        <Title order={1}>There is no such page</Title>
        <Text>The address may be from another version of Vestibule.</Text>
        <Group>
          <ButtonLink to="/">Go to Home</ButtonLink>
        </Group>
      </Stack>
    </Container>
  );
}
