import { refuse } from './refusal.ts';

/** No procedure takes more; a body beyond this is never parsed. In bytes. */
export const LARGEST_BODY = 64 * 1024;

/**
 * Lets through what can be a call of ours: GET without a body, or POST of at most 64 kB declared as JSON. A page elsewhere
 * can send neither "simple" form posts nor text that way without asking first (S63). That a mutation comes by POST only,
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
  const body = await readBody(request);
  if (body === null) return refuse('PAYLOAD_TOO_LARGE', 'That is too much at once: a request may carry 64 kB.');
  // A call without input has no body; tRPC would read that as broken JSON where a procedure checks that it has none.
  const json = body.byteLength > 0 ? body : '{}';
  return new Request(request.url, { method: 'POST', headers: request.headers, body: json, signal: request.signal });
}

function isJson(contentType: string | null): boolean {
  return contentType?.split(';')[0]?.trim().toLowerCase() === 'application/json';
}

/** The whole body, or null as soon as it is known to be too large. */
async function readBody(request: Request): Promise<Uint8Array<ArrayBuffer> | null> {
  if (Number(request.headers.get('content-length')) > LARGEST_BODY) {
    await request.body?.cancel();
    return null;
  }
  const chunks: Uint8Array[] = [];
  let size = 0;
  // Leaving the loop early cancels the stream.
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength;
    if (size > LARGEST_BODY) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
