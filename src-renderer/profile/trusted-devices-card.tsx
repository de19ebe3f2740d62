import { IconDeviceDesktopCheck } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Answers } from '../api.ts';
import { api } from '../api.ts';
import { Loading } from '../ui/loading.tsx';
import { Problem } from '../ui/problem.tsx';
import { exactTime } from '../ui/times.ts';
import { told } from '../ui/told.ts';
import { When } from '../ui/when.tsx';
import { PlacesCard } from './places-card.tsx';

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
  return (
    <PlacesCard
      title="Trusted devices"
      titleId="trusted-devices"
      PlaceIcon={IconDeviceDesktopCheck}
      columns={['Last used', 'Trusted until']}
      places={devices.map((device) => ({
        id: device.id,
        client: device.client,
        note: device.current && 'This device',
        times: [<When key="used" at={device.lastUsedAt} />, exactTime(device.expiresAt)],
        actName: `Revoke ${device.client}, trusted since ${exactTime(device.createdAt)}`,
      }))}
      act="Revoke"
      onAct={(id) => revoke.mutate({ id })}
      actOnAll={
        devices.length > 1 ? { name: 'Revoke all', pending: revokeAll.isPending, run: () => revokeAll.mutate() } : null
      }
      failure={revoke.error ?? revokeAll.error}
    />
  );
}
