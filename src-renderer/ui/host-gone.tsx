import { Modal, Stack, Text } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useSyncExternalStore } from 'react';
import { api } from '../api.ts';
import { hostPresence } from '../host-presence.ts';

const ASK_AGAIN_MS = 3_000;

/** Says so when the program behind the window has stopped, and goes away by itself when it is back. */
export function HostGone() {
  const silent = useSyncExternalStore(hostPresence.subscribe, hostPresence.isSilent);
  const queries = useQueryClient();
  const before = useRef(silent);
  useQuery({ ...api.open.welcome.queryOptions(), refetchInterval: silent ? ASK_AGAIN_MS : false });

  useEffect(() => {
    if (before.current && !silent) void queries.invalidateQueries();
    before.current = silent;
  }, [silent, queries]);

  return (
    <Modal
      opened={silent}
      onClose={() => {}}
      title="Vestibule is not running any more"
      withCloseButton={false}
      closeOnEscape={false}
      closeOnClickOutside={false}
      zIndex={1000}
    >
      <Stack gap="sm">
        <Text size="sm">Nothing you see here can be changed until it answers again. What was saved is safe.</Text>
        <Text size="sm">
          Start Vestibule again and use the window it opens. This one goes on by itself if it comes back.
        </Text>
      </Stack>
    </Modal>
  );
}
