import { Anchor, Modal, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';

/** Says plainly what can be done today about a forgotten password. */
export function ForgotPassword() {
  const [opened, dialog] = useDisclosure();
  return (
    <>
      <Anchor component="button" type="button" size="sm" onClick={dialog.open}>
        Forgot password?
      </Anchor>
      <Modal opened={opened} onClose={dialog.close} title="Forgot password?">
        <Stack gap="sm">
          <Text size="sm">
            A reset by mail is not part of this version. Until it is, nobody can set a password for you, not even an
            admin: that keeps whoever reads your mail out as well.
          </Text>
          <Text size="sm">
            Look for it in your password manager or the browser you signed in with before. If you are still signed in
            somewhere, stay there and ask your admin what to do next.
          </Text>
        </Stack>
      </Modal>
    </>
  );
}
