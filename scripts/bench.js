// `npm run bench`: installs the peers of the comparison when needed, then runs it. Options: `npm run bench -- --help`.
import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { root, run, setUp } from './setup.js';

setUp();
const installed = join(root, 'bench', 'node_modules', '.package-lock.json');
const lock = join(root, 'bench', 'package-lock.json');
if (!existsSync(installed) || statSync(installed).mtimeMs < statSync(lock).mtimeMs)
  run('Installing the peers', 'npm', ['install', '--prefix', 'bench', '--no-audit', '--no-fund', '--loglevel=error']);
const { status } = spawnSync(
  process.execPath,
  ['--import', 'tsx', join('bench', 'src', 'cli.ts'), ...process.argv.slice(2)],
  { cwd: root, stdio: 'inherit' },
);
process.exitCode = status ?? 1;
