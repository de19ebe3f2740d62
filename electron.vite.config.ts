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

export default defineConfig(({ mode }) => {
  const forPeopleToRead = mode === 'development';
  return {
    main: {
      build: {
        target: 'node22.14',
        externalizeDeps: false,
        sourcemap: forPeopleToRead,
        rolldownOptions: {
          input: { loopback: 'src-main/hosts/loopback/main.ts' },
          external: NATIVE_MODULES,
          output: { entryFileNames: '[name].js' },
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
      plugins: [servedFromRoot, react(), stamped()],
      css: { postcss: { plugins: [postcssPresetMantine()] } },
      // `handle` puts a fresh nonce in place of this word in every index.html it serves.
      html: { cspNonce: '__NONCE__' },
      build: {
        minify: !forPeopleToRead,
        sourcemap: forPeopleToRead,
        assetsInlineLimit: 0,
        chunkSizeWarningLimit: 2_000, // in kB: it comes from this computer
        rolldownOptions: { input: 'src-renderer/index.html' },
      },
    },
  };
});
