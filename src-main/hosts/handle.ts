import type { Random } from '../ports/ambient.ts';
import { passApiGate } from './api-gate.ts';
import { refuse } from './refusal.ts';
import type { RendererFiles } from './renderer-files.ts';
import { protect } from './security-headers.ts';

export interface HandleParts {
  /** tRPC's fetch handler, mounted at `/api/trpc`. */
  readonly api: (request: Request) => Promise<Response>;
  readonly renderer: RendererFiles;
  readonly random: Random;
}

/** The one transport (ARCHITECTURE 1): whatever a host is asked, this answers, with the headers of SECURITY 3 on every answer. */
export function createHandle({ api, renderer, random }: HandleParts): (request: Request) => Promise<Response> {
  return (request) => {
    const { pathname } = new URL(request.url);
    return isWithin('/api', pathname) ? answerCall(request, pathname) : answerFile(request, pathname);
  };

  async function answerCall(request: Request, pathname: string): Promise<Response> {
    if (!isWithin('/api/trpc', pathname)) return refuse('NOT_FOUND', 'There is nothing at this address.');
    const passed = await passApiGate(request);
    if (passed instanceof Response) return passed;
    const response = await api(passed);
    protect(response.headers).set('cache-control', 'no-store');
    return response;
  }

  async function answerFile(request: Request, pathname: string): Promise<Response> {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      return refuse('METHOD_NOT_SUPPORTED', `Pages answer GET, not ${request.method}.`);
    }
    const path = decode(pathname);
    if (path === null) return refuse('BAD_REQUEST', 'This address cannot be read.');
    if (path === '/index.html' || !lastSegment(path).includes('.')) return answerIndex(request);
    const file = await renderer.find(path);
    if (!file) return refuse('NOT_FOUND', 'There is no such file.');
    const headers = new Headers({
      'content-type': file.contentType,
      'cache-control': file.immutable ? 'public, max-age=31536000, immutable' : 'no-cache',
    });
    return new Response(request.method === 'HEAD' ? null : file.body, { headers: protect(headers) });
  }

  /** Every extension-less path is a screen; the renderer's router knows which. */
  async function answerIndex(request: Request): Promise<Response> {
    const nonce = Buffer.from(random.bytes(16)).toString('base64');
    const page = (await renderer.index()).replaceAll('__NONCE__', nonce);
    const headers = new Headers({ 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' });
    return new Response(request.method === 'HEAD' ? null : page, { headers: protect(headers, nonce) });
  }
}

function isWithin(root: string, path: string): boolean {
  return path === root || path.startsWith(`${root}/`);
}

/** Null for what no link of ours leads to: broken escapes, steps upwards, another system's separators. */
function decode(pathname: string): string | null {
  try {
    const path = decodeURIComponent(pathname);
    return path.includes('\\') || path.includes('\0') || path.split('/').includes('..') ? null : path;
  } catch {
    return null;
  }
}

function lastSegment(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
