import { Button, Divider, Popover, Stack, Text, UnstyledButton } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconLogout, IconSelector } from '@tabler/icons-react';
import classes from './account-menu.module.css';
import { ColorSchemeSwitch } from './color-scheme-switch.tsx';
import { ROLES } from './roles.ts';
import type { Me } from './use-me.ts';
import { useSignOut } from './use-sign-out.ts';

/** Who is signed in, the colours, and the way out. */
export function AccountMenu({ me }: { me: Me }) {
  const [opened, menu] = useDisclosure();
  const signOut = useSignOut();
  const { name, email, role } = me.account;
  return (
    <div className={classes.row}>
      <span className={classes.initials} aria-hidden>
        {initials(name)}
      </span>
      <span className={classes.who}>
        <span className={classes.name}>{name}</span>
        <span className={classes.role}>{ROLES[role]}</span>
      </span>
      <Popover opened={opened} onDismiss={menu.close} position="right-end" width={264} trapFocus returnFocus>
        <Popover.Target>
          <UnstyledButton className={classes.button} aria-label="Account menu" onClick={menu.toggle}>
            <IconSelector size={18} aria-hidden />
          </UnstyledButton>
        </Popover.Target>
        <Popover.Dropdown>
          <Stack gap="sm">
            <div>
              <Text size="sm" fw={600}>
                {name}
              </Text>
              <Text size="xs" c="dimmed" className={classes.email}>
                {email}
              </Text>
            </div>
            <ColorSchemeSwitch />
            <Divider />
            <Button
              variant="subtle"
              color="gray"
              c="inherit"
              justify="flex-start"
              leftSection={<IconLogout size={18} aria-hidden />}
              onClick={() => signOut.mutate()}
            >
              Sign out
            </Button>
          </Stack>
        </Popover.Dropdown>
      </Popover>
    </div>
  );
}

function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const letters = [words[0], words.length > 1 ? words.at(-1) : ''].map((word) => [...(word ?? '')][0] ?? '');
  return letters.join('').toUpperCase();
}
