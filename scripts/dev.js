// `npm run dev`: the server, restarted when its sources change, and the client with hot reload on port 5173.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { root, setUp } from './setup.js';

setUp();
const start = (args, env = {}) =>
  spawn(process.execPath, args, { cwd: root, stdio: 'inherit', env: { ...process.env, DEMO: 'true', ...env } });
const children = [
  start([join(root, 'node_modules', 'tsx', 'dist', 'cli.mjs'), 'watch', 'server/src/main.ts']),
  start([join(root, 'node_modules', 'vite', 'bin', 'vite.js'), 'client']),
];
for (const child of children)
  child.once('exit', (code) => {
    for (const other of children) other.kill('SIGTERM');
    process.exitCode ??= code ?? 0;
  });
