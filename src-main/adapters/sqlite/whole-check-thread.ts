import { parentPort, workerData } from 'node:worker_threads';
import { DamagedData } from '../../domain/damaged-data.ts';
import { sealUnder } from '../vault/row-seal.ts';
import type { CheckOrder, Finding } from './check-in-background.ts';
import { checkWhole } from './whole-check.ts';

/** The thread that checks a large database while the app runs; built to a file beside the hosts. */
const { file, rowKeys } = workerData as CheckOrder;
parentPort?.postMessage(find());

function find(): Finding | null {
  try {
    checkWhole(file, sealUnder(rowKeys));
    return null;
  } catch (error) {
    if (error instanceof DamagedData) return { place: error.place, detail: String(error.cause ?? '') };
    throw error;
  }
}
