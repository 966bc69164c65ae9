// Installs and builds what is missing, and nothing else. Uses Node alone: it runs before anything is installed.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));
const stampFile = join(root, '.cache', 'setup.json');
const say = (line) => process.stderr.write(`${line}\n`);

const wanted = [20, 19];
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < wanted[0] || (major === wanted[0] && minor < wanted[1])) {
  say(`Concert needs Node ${wanted.join('.')} or newer; this is ${process.versions.node}.`);
  process.exit(1);
}

function* filesBelow(path) {
  if (!existsSync(path)) return;
  for (const entry of readdirSync(path, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (entry.name === 'node_modules' || entry.name === 'dist') continue;
    const child = join(path, entry.name);
    if (entry.isDirectory()) yield* filesBelow(child);
    else if (entry.isFile()) yield child;
  }
}

const hashOf = (paths) => {
  const hash = createHash('sha256').update(process.versions.node).update(process.arch);
  for (const path of paths) hash.update(path.slice(root.length)).update(readFileSync(path));
  return hash.digest('hex');
};

const workspaces = () => [
  'server',
  'client',
  ...readdirSync(join(root, 'packages')).map((name) => join('packages', name)),
];

const installInputs = () =>
  ['package.json', 'package-lock.json', ...workspaces().map((path) => join(path, 'package.json'))]
    .map((path) => join(root, path))
    .filter((path) => existsSync(path));

const buildInputs = () => [
  ...filesBelow(join(root, 'client')),
  ...['contract', 'domain', 'editor', 'sync'].flatMap((name) => [...filesBelow(join(root, 'packages', name, 'src'))]),
];

const readStamp = () => {
  try {
    return JSON.parse(readFileSync(stampFile, 'utf8'));
  } catch {
    return {};
  }
};

const writeStamp = (stamp) => {
  mkdirSync(join(root, '.cache'), { recursive: true });
  writeFileSync(stampFile, `${JSON.stringify(stamp, null, 2)}\n`);
};

/** Runs a step with its output on stderr; ends the whole run with the step's own code when it fails. */
export function run(title, command, args, options = {}) {
  say(`› ${title}`);
  const result = spawnSync(command, args, { cwd: root, stdio: ['ignore', 2, 2], ...options });
  if (result.status === 0) return;
  say(`${title} failed${result.error ? `: ${result.error.message}` : ` (exit code ${result.status})`}.`);
  process.exit(result.status ?? 1);
}

const npm = () =>
  process.env.npm_execpath
    ? [process.execPath, [process.env.npm_execpath]]
    : [process.platform === 'win32' ? 'npm.cmd' : 'npm', []];

/** Brings the folder to the state in which the product runs. Answers at once when nothing has changed. */
export function setUp() {
  const stamp = readStamp();
  const install = hashOf(installInputs());
  if (stamp.install !== install || !existsSync(join(root, 'node_modules', 'tsx'))) {
    const [command, args] = npm();
    run('Installing packages (a minute or two the first time)', command, [
      ...args,
      'install',
      '--no-audit',
      '--no-fund',
      '--no-progress',
      '--loglevel=error',
    ]);
    writeStamp({ ...readStamp(), install: hashOf(installInputs()) });
  }
  const build = hashOf(buildInputs());
  if (readStamp().build !== build || !existsSync(join(root, 'client', 'dist', 'index.html'))) {
    run('Building the browser client', process.execPath, [
      join(root, 'node_modules', 'vite', 'bin', 'vite.js'),
      'build',
      'client',
      '--logLevel',
      'warn',
    ]);
    writeStamp({ ...readStamp(), build });
  }
}
