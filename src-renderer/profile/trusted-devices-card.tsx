import { Button, Table, Text } from '@mantine/core';
import { IconDeviceDesktopCheck } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Answers } from '../api.ts';
import { api } from '../api.ts';
import { ActButton } from '../ui/act-button.tsx';
import { Card } from '../ui/card.tsx';
import { Failure } from '../ui/failure.tsx';
import { Loading } from '../ui/loading.tsx';
import { Problem } from '../ui/problem.tsx';
import { exactTime } from '../ui/times.ts';
import { told } from '../ui/told.ts';
import { When } from '../ui/when.tsx';
import classes from './table.module.css';

type Device = Answers['self']['trustedDevices']['list'][number];

/** Computers on which no code is asked for a while (R18); none, and the card is not there. */
export function TrustedDevicesCard() {
  const devices = useQuery(api.self.trustedDevices.list.queryOptions());
  if (devices.isPending) return <Loading rows={1} />;
  if (devices.isLoadingError) return <Problem error={devices.error} retry={devices.refetch} />;
  return devices.data.length > 0 ? <TrustedDevices devices={devices.data} /> : null;
}

function TrustedDevices({ devices }: { devices: readonly Device[] }) {
  const queries = useQueryClient();
  const refresh = () => queries.invalidateQueries(api.self.trustedDevices.pathFilter());
  const revoke = useMutation(
    api.self.trustedDevices.revoke.mutationOptions({
      onSuccess: () => told('The device is not trusted any more', 'Its next sign-in asks for a code.'),
      onSettled: refresh,
    }),
  );
  const revokeAll = useMutation(
    api.self.trustedDevices.revokeAll.mutationOptions({
      onSuccess: () => told('No device is trusted any more', 'Every sign-in asks for a code.'),
      onSettled: refresh,
    }),
  );
  const failure = revoke.error ?? revokeAll.error;
  return (
    <Card
      title="Trusted devices"
      titleId="trusted-devices"
      aside={
        devices.length > 1 && (
          <ActButton variant="default" size="xs" pending={revokeAll.isPending} onClick={() => revokeAll.mutate()}>
            Revoke all
          </ActButton>
        )
      }
    >
      {failure && <Failure error={failure} />}
      <Table.ScrollContainer minWidth={0} type="native">
        <Table aria-labelledby="trusted-devices" className={classes.table}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">Where</Table.Th>
              <Table.Th scope="col">Last used</Table.Th>
              <Table.Th scope="col">Trusted until</Table.Th>
              <Table.Td />
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {devices.map((device) => (
              <Table.Tr key={device.id}>
                <Table.Td>
                  <span className={classes.withIcon}>
                    <IconDeviceDesktopCheck size={18} aria-hidden />
                    <span>
                      {device.client}
                      {device.current && (
                        <Text span display="block" size="xs" c="dimmed">
                          This device
                        </Text>
                      )}
                    </span>
                  </span>
                </Table.Td>
                <Table.Td>
                  <When at={device.lastUsedAt} />
                </Table.Td>
                <Table.Td>{exactTime(device.expiresAt)}</Table.Td>
                <Table.Td className={classes.end}>
                  <Button
                    variant="subtle"
                    size="compact-sm"
                    aria-label={`Revoke ${device.client}, trusted since ${exactTime(device.createdAt)}`}
                    onClick={() => revoke.mutate({ id: device.id })}
                  >
                    Revoke
                  </Button>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Card>
  );
}
