import type { App } from './app.ts';

export type Answer = { readonly ok: true; readonly data: unknown } | { readonly ok: false; readonly code: string };

/** Speaks to the app over plain HTTP, as a program would that has a launch link. Keeps its cookies like a browser. */
export class Visitor {
  readonly #origin: string;
  readonly #cookies = new Map<string, string>();

  private constructor(origin: string) {
    this.#origin = origin;
  }

  static async enter(app: App): Promise<Visitor> {
    const visitor = new Visitor(app.origin);
    const response = await fetch(await app.link(), { redirect: 'manual' });
    visitor.#keep(response);
    return visitor;
  }

  /** The same browser profile at this moment, going its own way from here. */
  twin(): Visitor {
    const twin = new Visitor(this.#origin);
    for (const [name, value] of this.#cookies) twin.#cookies.set(name, value);
    return twin;
  }

  /** The same browser, let in, with nobody signed in. */
  stranger(): Visitor {
    const stranger = new Visitor(this.#origin);
    for (const [name, value] of this.#cookies) {
      if (!/_(session|pending|trust)_/.test(name)) stranger.#cookies.set(name, value);
    }
    return stranger;
  }

  async query(procedure: string, input?: unknown): Promise<Answer> {
    const search = input === undefined ? '' : `?input=${encodeURIComponent(JSON.stringify(input))}`;
    return this.#send(`${procedure}${search}`, { method: 'GET' });
  }

  async mutate(procedure: string, input: unknown = {}): Promise<Answer> {
    return this.#send(procedure, { method: 'POST', body: JSON.stringify(input) });
  }

  /** `mutate` for steps that must succeed. */
  async do<T = Record<string, unknown>>(procedure: string, input: unknown = {}): Promise<T> {
    const answer = await this.mutate(procedure, input);
    if (!answer.ok) throw new Error(`${procedure} was refused: ${answer.code}`);
    return answer.data as T;
  }

  async isSignedIn(): Promise<boolean> {
    return (await this.query('self.me')).ok;
  }

  async #send(target: string, init: RequestInit): Promise<Answer> {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = { 'content-type': 'application/json', origin: this.#origin, cookie };
    const response = await fetch(`${this.#origin}/api/trpc/${target}`, { ...init, headers });
    this.#keep(response);
    const body = (await response.json()) as WireAnswer;
    if (body.result) return { ok: true, data: body.result.data };
    return { ok: false, code: body.error?.data?.domain?.code ?? body.error?.data?.code ?? String(response.status) };
  }

  #keep(response: Response): void {
    for (const line of response.headers.getSetCookie()) {
      const [pair = '', ...attributes] = line.split(';');
      const at = pair.indexOf('=');
      const ended = attributes.some((attribute) => /^\s*max-age=(0|-\d+)\s*$/i.test(attribute));
      if (ended) this.#cookies.delete(pair.slice(0, at));
      else this.#cookies.set(pair.slice(0, at), pair.slice(at + 1));
    }
  }
}

interface WireAnswer {
  readonly result?: { readonly data: unknown };
  readonly error?: { readonly data?: { readonly code?: string; readonly domain?: { readonly code: string } } };
}
