import path from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig, type Connect, type Plugin } from 'vite';
import { offline, WORKER } from '../tools/offline/plugin.ts';
import { words } from '../tools/words/plugin.ts';

const web = import.meta.dirname;
const root = path.dirname(web);
const page = (folder: string): string => path.join(web, folder, 'index.html');

/** The addresses people know, and the page each stands on; every other address without a dot is a desk. */
const PAGES: Readonly<Record<string, string>> = { '/': '/ask/index.html', '/my': '/my/index.html', '/book': '/book/index.html', '/car': '/car/index.html', '/sign-in': '/sign-in/index.html' };

const rewrite: Connect.NextHandleFunction = (request, _response, next) => {
  const address = new URL(request.url ?? '/', 'http://here').pathname;
  const isFile = address.includes('.') || address.startsWith('/@') || address.startsWith('/api/') || address.startsWith('/node_modules/');
  if (!isFile) request.url = PAGES[address] ?? '/desks/index.html';
  next();
};

const addresses: Plugin = {
  name: 'greenlane-addresses',
  configureServer: ({ middlewares }) => void middlewares.use(rewrite),
  configurePreviewServer: ({ middlewares }) => void middlewares.use(rewrite),
};

export default defineConfig({
  root: web,
  appType: 'mpa',
  plugins: [words(root), react(), addresses, offline()],
  server: { proxy: { '/api': `http://localhost:${process.env['PORT'] ?? 4600}` } },
  build: {
    outDir: path.join(root, 'dist', 'web'),
    emptyOutDir: true,
    // Files, never data: addresses; the security policy lets a page load from its own server and from nowhere else.
    assetsInlineLimit: 0,
    // Phones of 2019 and later.
    target: ['chrome79', 'safari14', 'firefox78'],
    rollupOptions: {
      input: { ask: page('ask'), my: page('my'), book: page('book'), car: page('car'), signIn: page('sign-in'), desks: page('desks'), [WORKER]: path.join(root, 'web/offline/worker.ts') },
      // A worker stands at the top, under one name: only from there may it serve a page, and under that name it is renewed.
      output: { entryFileNames: ({ name }) => (name === WORKER ? 'offline-worker.js' : 'assets/[name]-[hash].js') },
      // Everything in src/ that a screen may use is pure: what is not used can be left out, however it is written.
      treeshake: { moduleSideEffects: (id) => !id.startsWith(path.join(root, 'src') + path.sep) },
    },
  },
});
