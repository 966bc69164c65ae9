import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const server = 'http://127.0.0.1:3000';

/** Libraries that change on another rhythm than our pages: the browser keeps them from one release to the next. */
const GROUPS = [
  { name: 'react', test: /node_modules[\\/](react|react-dom|react-router|scheduler|i18next|react-i18next)[\\/]/ },
  {
    name: 'mantine',
    test: /node_modules[\\/](@mantine|@floating-ui|react-remove-scroll|react-textarea-autosize)[\\/]/,
  },
  {
    name: 'editor',
    test: /node_modules[\\/](@tiptap|prosemirror-[a-z-]+|orderedmap|rope-sequence|w3c-keyname|linkifyjs|highlight\.js|lowlight)[\\/]/,
  },
  { name: 'sync', test: /node_modules[\\/](yjs|lib0|y-[a-z]+)[\\/]/ },
  { name: 'data', test: /node_modules[\\/](@orpc|@tanstack|socket\.io-client|engine\.io-client|zod)[\\/]/ },
];

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  resolve: { dedupe: ['react', 'react-dom', 'yjs', 'y-protocols', 'lib0', '@tiptap/core', '@tiptap/pm'] },
  server: {
    proxy: {
      '/api': { target: server },
      '/sync': { target: server, ws: true },
      '/socket.io': { target: server, ws: true },
    },
  },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2023',
    // Every current browser knows light-dark(); lowering it would need a colour scheme per rule.
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    sourcemap: true,
    // The security policy forbids data: addresses, so everything stays a file of its own.
    assetsInlineLimit: 0,
    // The largest file is no program but the 9 454 procurement codes in three languages, fetched when they are asked for.
    chunkSizeWarningLimit: 1100,
    rolldownOptions: { output: { codeSplitting: { groups: GROUPS } } },
  },
});
