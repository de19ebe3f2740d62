import { initTRPC } from '@trpc/server';
import { fetchRequestHandler } from '@trpc/server/adapters/fetch';
import { systemRandom } from '../../../src-main/adapters/system-ambient.ts';
import { createHandle } from '../../../src-main/hosts/handle.ts';
import type { Compose } from '../../../src-main/hosts/host-types.ts';
import { rendererFilesIn } from '../../../src-main/hosts/renderer-files.ts';

interface Context {
  readonly request: Request;
  readonly answer: Headers;
}

/** A promise to wait for, once for everybody who asks. */
function signal() {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { come: promise, ring: () => resolve() };
}

/**
 * A small engine that shows what reached it, on the real `handle`: with it every host runs the same contract. Events are
 * sent when the test asks for them, so that nothing hangs on time.
 */
export const composeContractEngine: Compose = async ({ rendererFolder, dataFolder }) => {
  if (dataFolder.includes('from-a-newer-version'))
    throw new Error('This data folder is from a newer version.\nUpdate.');
  const t = initTRPC.context<Context>().create({ isDev: false });
  const asked = [signal(), signal(), signal()];
  const streamEnded = signal();
  let mutations = 0;
  const any = t.procedure.input((input) => input);

  const router = t.router({
    echo: any.mutation(({ input }) => ({ input: input === undefined ? 'nothing' : input })),
    count: t.procedure.mutation(() => ++mutations),
    admin: { users: { import: any.mutation(({ input }) => ({ length: String(input).length })) } },
    counted: t.procedure.query(() => mutations),
    signIn: t.procedure.mutation(({ ctx }) => {
      ctx.answer.append('set-cookie', 'session=secret; Path=/api; HttpOnly; SameSite=Strict');
      ctx.answer.append('set-cookie', 'pending=; Path=/api; HttpOnly; SameSite=Strict; Max-Age=0');
    }),
    cookies: t.procedure.query(({ ctx }) => ctx.request.headers.get('cookie') ?? ''),
    send: any.mutation(({ input }) => asked[Number(input)]?.ring()),
    events: t.procedure.subscription(async function* ({ signal: gone }) {
      gone?.addEventListener('abort', streamEnded.ring);
      for (const [index, { come }] of asked.entries()) {
        await come;
        yield { index };
      }
      await streamEnded.come;
    }),
    eventsEnded: t.procedure.query(() => streamEnded.come.then(() => true)),
    hang: t.procedure.query(() => new Promise(() => {})),
  });

  return {
    handle: createHandle({
      renderer: rendererFilesIn(rendererFolder),
      random: systemRandom,
      api: (req) =>
        fetchRequestHandler({
          endpoint: '/api/trpc',
          req,
          router,
          createContext: ({ resHeaders }) => ({ request: req, answer: resHeaders }),
        }),
    }),
    close: async () => {},
    cookies: { read: () => null, write: () => {} },
    random: systemRandom,
    log: { info: () => {}, warn: () => {}, error: () => {} },
  };
};
