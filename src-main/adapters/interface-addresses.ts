import { networkInterfaces } from 'node:os';

/**
 * This computer's own addresses, canonical as the system gives them: the sign-in's addresses on the desktop surface
 * (SECURITY, "Desktop surface and addresses"). Loopback only where there is no other; never empty.
 */
export function interfaceAddresses(): string[] {
  const all = Object.values(networkInterfaces()).flatMap((interfaces) => interfaces ?? []);
  const outer = all.filter(({ internal, address }) => !internal && !address.startsWith('fe80:'));
  return outer.length > 0 ? outer.map(({ address }) => address) : ['127.0.0.1'];
}
