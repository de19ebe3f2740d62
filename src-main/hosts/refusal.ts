import { protect } from './security-headers.ts';

/** Why a host answers by itself, in tRPC's words for it (JSON-RPC number, HTTP status), so that a client reads one error shape. */
const CAUSES = {
  BAD_REQUEST: { number: -32600, status: 400 },
  UNAUTHORIZED: { number: -32001, status: 401 },
  FORBIDDEN: { number: -32003, status: 403 },
  NOT_FOUND: { number: -32004, status: 404 },
  METHOD_NOT_SUPPORTED: { number: -32005, status: 405 },
  PAYLOAD_TOO_LARGE: { number: -32013, status: 413 },
  UNSUPPORTED_MEDIA_TYPE: { number: -32015, status: 415 },
  INTERNAL_SERVER_ERROR: { number: -32603, status: 500 },
  SERVICE_UNAVAILABLE: { number: -32603, status: 503 },
} as const;

export type RefusalCause = keyof typeof CAUSES;

/** A host's own refusal: one sentence, as the error of one tRPC call; `data.host` tells it from the engine's. */
export function refuse(cause: RefusalCause, message: string): Response {
  const { number, status } = CAUSES[cause];
  const error = { message, code: number, data: { code: cause, httpStatus: status, host: true } };
  return Response.json({ error }, { status, headers: protect(new Headers({ 'cache-control': 'no-store' })) });
}
