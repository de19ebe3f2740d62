import { refuse } from './refusal.ts';

/** Hardly a procedure takes more; a body beyond this is never parsed. In bytes. */
export const LARGEST_BODY = 64 * 1024;
/** What the procedures that take a file may be sent: 20,000 people as CSV (R39), with room for what JSON escapes. In bytes. */
export const LARGEST_FILE = 4 * 1024 * 1024;

/** Exactly these spellings of their addresses: any other has the small limit. */
const TAKE_FILES = ['/api/trpc/admin.users.checkImport', '/api/trpc/admin.users.import'];

/**
 * Lets through what can be a call of ours: GET without a body, or POST declared as JSON of at most 64 kB, 4 MB where the
 * procedure takes a file. A page elsewhere can send neither "simple" form posts nor text that way without asking first (S63). That a mutation comes by POST only,
 * tRPC sees to.
 */
export async function passApiGate(request: Request): Promise<Request | Response> {
  if (request.method === 'GET') return request;
  if (request.method !== 'POST') {
    return refuse('METHOD_NOT_SUPPORTED', `The API answers GET and POST, not ${request.method}.`);
  }
  if (!isJson(request.headers.get('content-type'))) {
    return refuse('UNSUPPORTED_MEDIA_TYPE', 'The API takes application/json and nothing else.');
  }
  const takesFile = TAKE_FILES.includes(new URL(request.url).pathname);
  const body = await readBody(request, takesFile ? LARGEST_FILE : LARGEST_BODY);
  if (body === null) {
    const limit = takesFile ? '4 MB' : '64 kB';
    return refuse('PAYLOAD_TOO_LARGE', `That is too much at once: this request may carry ${limit}.`);
  }
  // A call without input has no body; tRPC would read that as broken JSON where a procedure checks that it has none.
  const json = body.byteLength > 0 ? body : '{}';
  return new Request(request.url, { method: 'POST', headers: request.headers, body: json, signal: request.signal });
}

function isJson(contentType: string | null): boolean {
  return contentType?.split(';')[0]?.trim().toLowerCase() === 'application/json';
}

/** The whole body, or null as soon as it is known to be too large. */
async function readBody(request: Request, limit: number): Promise<Uint8Array<ArrayBuffer> | null> {
  if (Number(request.headers.get('content-length')) > limit) {
    await request.body?.cancel();
    return null;
  }
  const chunks: Uint8Array[] = [];
  let size = 0;
  // Leaving the loop early cancels the stream.
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength;
    if (size > limit) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
