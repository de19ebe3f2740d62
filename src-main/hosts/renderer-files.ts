import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';

export interface RendererFile {
  readonly body: Uint8Array<ArrayBuffer>;
  readonly contentType: string;
  /** Named after its content, so that it may be kept for ever. */
  readonly immutable: boolean;
}

/** The built renderer. Paths are URL paths, decoded, beginning with `/`. */
export interface RendererFiles {
  /** index.html, with `__NONCE__` where the nonce goes. @throws when the renderer was not built. */
  index(): Promise<string>;
  /** Null when there is no such file. */
  find(path: string): Promise<RendererFile | null>;
}

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.webp': 'image/webp',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
};

/** The only names there are: no step upwards, no hidden file, no separator of any system can be spelt with them. */
const PLAIN_PATH = /^(\/[\w-]+(\.[\w-]+)*)+$/;

/** Reads the files as they are asked for, so that a rebuild shows at the next reload. */
export function rendererFilesIn(folder: string): RendererFiles {
  return {
    index: () => readFile(join(folder, 'index.html'), 'utf8'),

    async find(path) {
      const contentType = CONTENT_TYPES[extname(path)];
      if (contentType === undefined || !PLAIN_PATH.test(path)) return null;
      const body = await readFile(join(folder, path)).catch(() => null);
      return body && { body, contentType, immutable: path.startsWith('/assets/') };
    },
  };
}
