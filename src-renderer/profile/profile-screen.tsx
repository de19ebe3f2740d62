import { Stack, Title } from '@mantine/core';
import { Page } from '../ui/page.tsx';
import { DeleteAccountCard } from './delete-account.tsx';
import { NameCard } from './name-card.tsx';
import { PasswordCard } from './password-card.tsx';
import classes from './profile-screen.module.css';
import { SessionsCard } from './sessions-card.tsx';
import { TrustedDevicesCard } from './trusted-devices-card.tsx';
import { TwoStepSettings } from './two-step-settings.tsx';

/** A person's own account. */
export function ProfileScreen() {
  return (
    <Page title="Profile settings" lead="How you are called here, and how you get in.">
      <NameCard />
      <section aria-labelledby="security">
        <Title order={2} id="security" className={classes.heading}>
          Security
        </Title>
        <Stack gap="md">
          <TwoStepSettings />
          <PasswordCard />
          <SessionsCard />
          <TrustedDevicesCard />
        </Stack>
      </section>
      <DeleteAccountCard />
    </Page>
  );
}
