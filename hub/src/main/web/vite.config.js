import { defineConfig } from 'vite';

// The hub's content security policy allows files of its own only: nothing may become inline.
export default defineConfig({
  base: '/',
  build: {
    outDir: process.env.FACET_WEB_OUT ?? 'dist',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: 'es2022',
    rolldownOptions: { input: ['index.html', 'docs.html'] },
    chunkSizeWarningLimit: 2000,
  },
  server: {
    proxy: {
      '/api': process.env.FACET_HUB ?? 'http://127.0.0.1:8080',
      '/socket.io': { target: process.env.FACET_HUB ?? 'http://127.0.0.1:8080', ws: true },
    },
  },
});
