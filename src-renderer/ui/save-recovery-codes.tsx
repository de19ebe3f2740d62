import { Button, Checkbox, Group, Modal, Stack, Text } from '@mantine/core';
import { IconCheck, IconCopy, IconDeviceFloppy, IconPrinter } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { copyText } from './copy-text.ts';
import { saveFile } from './save-file.ts';
import classes from './save-recovery-codes.module.css';
import { longDate, serverNow } from './times.ts';
import { useMe } from './use-me.ts';

interface SaveRecoveryCodesProps {
  codes: readonly string[];
  onSaved: () => void;
}

/** Shows new recovery codes once; only the word that they are saved closes it (R3). */
export function SaveRecoveryCodes({ codes, onSaved }: SaveRecoveryCodesProps) {
  const me = useMe().data;
  const list = useRef<HTMLOListElement>(null);
  const [saved, setSaved] = useState(false);
  const [copied, setCopied] = useState(false);
  const workspace = me?.workspace.name ?? '';
  const account = me ? `${me.account.name}, ${me.account.email}` : '';
  const created = longDate(serverNow());

  const copy = async () => setCopied(await copyText(codes.join('\n'), list.current));
  const save = () =>
    saveFile(
      'vestibule-recovery-codes.txt',
      [`Recovery codes for ${account}`, workspace, `Created ${created}. Each works once.`, '', ...codes, ''].join('\n'),
      'text/plain',
    );

  return (
    <Modal
      opened
      onClose={() => {}}
      title="Save your recovery codes"
      withCloseButton={false}
      closeOnEscape={false}
      closeOnClickOutside={false}
      returnFocus={false}
    >
      <div className="print-sheet">
        <div className="print-only">
          <h1>Recovery codes</h1>
          <p>
            {workspace}
            <br />
            {account}
            <br />
            Created {created}. Each works once.
          </p>
        </div>
        <Stack gap="md">
          <Text size="sm" className="screen-only">
            When your mailbox is out of reach, one of these opens the second step instead; each works once. Other
            products call them backup codes. Store them safely: in a password manager, or printed and locked away. They
            are shown only now, and nobody can restore them.
          </Text>
          <ol ref={list} aria-label="Recovery codes" className={classes.codes}>
            {codes.map((code) => (
              <li key={code}>{code}</li>
            ))}
          </ol>
          <Group gap="xs" className="screen-only">
            <Button
              variant="default"
              leftSection={copied ? <IconCheck size={16} aria-hidden /> : <IconCopy size={16} aria-hidden />}
              onClick={copy}
              data-autofocus
            >
              Copy
            </Button>
            <Button
              variant="default"
              leftSection={<IconPrinter size={16} aria-hidden />}
              onClick={() => window.print()}
            >
              Print
            </Button>
            <Button variant="default" leftSection={<IconDeviceFloppy size={16} aria-hidden />} onClick={save}>
              Save to file
            </Button>
            <Text size="sm" c="dimmed" role="status">
              {copied ? 'Copied. Paste them somewhere safe.' : ''}
            </Text>
          </Group>
          <Group justify="space-between" className="screen-only">
            <Checkbox
              label="I have saved these codes"
              checked={saved}
              onChange={({ currentTarget }) => setSaved(currentTarget.checked)}
            />
            <Button disabled={!saved} onClick={onSaved}>
              Done
            </Button>
          </Group>
        </Stack>
      </div>
    </Modal>
  );
}
