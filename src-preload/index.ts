import { contextBridge } from 'electron';
import { version } from '../package.json';

/** All that the page learns from its host; a page without it runs in the loopback host. */
const host = { kind: 'electron', version } as const;

export type HostFacts = typeof host;

contextBridge.exposeInMainWorld('vestibule', host);
