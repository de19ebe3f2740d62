import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import postcssPresetMantine from 'postcss-preset-mantine';
import type { Plugin } from 'vite';
import { sourceDigest, stampBuild } from './scripts/build-stamp.mjs';

/** N-API modules find their binary beside themselves, so they stay in node_modules; all else goes into the bundle. */
const NATIVE_MODULES = ['better-sqlite3', '@node-rs/argon2', 'node-hid'];

/** electron-vite makes asset addresses relative, which fails on `/profile/security`: both hosts serve from the root. */
const servedFromRoot: Plugin = { name: 'vestibule:served-from-root', config: () => ({ base: '/' }) };

/** Says what out/ was built from, once its last part is written, so that `npm start` builds only what changed. */
function stamped(): Plugin {
  const digest = sourceDigest();
  return { name: 'vestibule:stamped', writeBundle: () => stampBuild(digest) };
}

/** `npm run dev`: the page looks once a second whether index.html names other assets now, and then loads anew. */
const reloadsOnRebuild: Plugin = {
  name: 'vestibule:reloads-on-rebuild',
  transform: (code, id) =>
    id.endsWith('/src-renderer/main.tsx') ? { code: `${code}\nimport 'virtual:reload';`, map: null } : null,
  resolveId: (id) => (id === 'virtual:reload' ? id : null),
  load: (id) => (id === 'virtual:reload' ? `(${watchIndex})();` : null),
};

/** Runs in the page: passed on as text. */
function watchIndex() {
  let known = '';
  setInterval(async () => {
    const response = await fetch('/', { cache: 'no-store' }).catch(() => null);
    const page = response?.ok ? (await response.text()).replaceAll(/nonce="[^"]*"/g, '') : known;
    if (known !== '' && page !== known) location.reload();
    known = page;
  }, 1_000);
}

export default defineConfig(({ mode }) => {
  const forPeopleToRead = mode === 'development';
  return {
    main: {
      build: {
        target: 'node22.14',
        externalizeDeps: false,
        sourcemap: forPeopleToRead,
        rolldownOptions: {
          input: {
            electron: 'src-main/hosts/electron/main.ts',
            loopback: 'src-main/hosts/loopback/main.ts',
            options: 'src-main/hosts/options.ts',
            'recover-owner': 'src-main/hosts/recover-owner/main.ts',
            seed: 'src-main/hosts/seed/main.ts',
            'whole-check-thread': 'src-main/adapters/sqlite/whole-check-thread.ts',
          },
          external: NATIVE_MODULES,
          checks: { bundlerTimings: false },
          // All in one folder: what starts the thread finds it beside itself.
          output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
        },
      },
    },
    preload: {
      build: {
        externalizeDeps: false,
        rolldownOptions: {
          input: { index: 'src-preload/index.ts' },
          output: { format: 'cjs', entryFileNames: '[name].cjs' },
        },
      },
    },
    renderer: {
      root: 'src-renderer',
      plugins: [servedFromRoot, react(), forPeopleToRead ? reloadsOnRebuild : stamped()],
      css: { postcss: { plugins: [postcssPresetMantine()] } },
      // `handle` puts a fresh nonce in place of this word in every index.html it serves.
      html: { cspNonce: '__NONCE__' },
      build: {
        minify: !forPeopleToRead,
        sourcemap: forPeopleToRead,
        assetsInlineLimit: 0,
        chunkSizeWarningLimit: 2_000, // in kB: it comes from this computer
        rolldownOptions: { input: 'src-renderer/index.html', checks: { bundlerTimings: false } },
      },
    },
  };
});
