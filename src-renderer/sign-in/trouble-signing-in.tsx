import { Anchor, List, Modal, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';

const CHECKS: readonly (readonly [string, string])[] = [
  [
    'Password',
    'Check Caps Lock and the keyboard language, and look at what you typed with the eye button. “Forgot password?” mails a code to choose a new one.',
  ],
  [
    'Spam folder',
    'The message with the code may have landed there. While no mail server is set up, it lies in the outbox folder.',
  ],
  ['Resend', 'A minute after the last code you can ask for another one. Only the newest works.'],
  ['Registered mailbox', 'Codes go to the address of your account, shown in part above the code field.'],
  ['Recovery codes', 'No mail at all? Choose “Try another way” and type one of the codes you saved.'],
  [
    'Allowed addresses',
    'Your admin may have limited sign-in to certain networks. Ask, then try again from one of them.',
  ],
  ['Connection', 'Mail needs the network of this computer. The sign-in itself does not.'],
  ['Admin', 'If none of this helps, ask your admin to look at your account with you.'],
];

/** The checklist for people who cannot get in (R21). */
export function TroubleSigningIn() {
  const [opened, dialog] = useDisclosure();
  return (
    <>
      <Anchor component="button" type="button" size="sm" onClick={dialog.open}>
        Trouble signing in?
      </Anchor>
      <Modal opened={opened} onClose={dialog.close} title="Trouble signing in?">
        <List type="ordered" spacing="sm" size="sm">
          {CHECKS.map(([what, how]) => (
            <List.Item key={what}>
              <Text span fw={600} inherit>
                {what}.
              </Text>{' '}
              {how}
            </List.Item>
          ))}
        </List>
      </Modal>
    </>
  );
}
