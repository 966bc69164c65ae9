// `npm run test:tcp`: the server's own tests against the stand-alone embedded database, over TCP, as they would run
// against a MongoDB server. The last line is `N passed, N failed[, N skipped]`. Paths for Jest may follow.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { root } from './setup.js';

const directory = mkdtempSync(join(tmpdir(), 'concert-tcp-'));
const cli = join(root, 'packages', 'embedded-mongo', 'src', 'cli.ts');
const database = spawn(process.execPath, ['--import', 'tsx', cli, '--data', join(directory, 'data'), '--port', '0'], {
  cwd: root,
  stdio: ['ignore', 'pipe', 'inherit'],
});
const ended = new Promise((resolve) => database.once('exit', resolve));

async function url() {
  for await (const line of createInterface({ input: database.stdout })) {
    const found = /ready on (mongodb:\S+)/.exec(line)?.[1];
    if (found) return `${found}/?directConnection=true`;
  }
  throw new Error('the database ended before it was ready');
}

function run(address) {
  const report = join(directory, 'jest.json');
  const jest = join(root, 'node_modules', 'jest', 'bin', 'jest.js');
  const args = ['--experimental-vm-modules', '--no-warnings', jest, '--selectProjects', 'server'];
  const paths = process.argv.slice(2);
  if (paths.length > 0) args.push('--testPathPatterns', ...paths);
  const { status } = spawnSync(process.execPath, [...args, '--json', `--outputFile=${report}`], {
    cwd: root,
    stdio: ['ignore', 2, 'inherit'],
    env: { ...process.env, MONGODB_URL: address },
  });
  const { numPassedTests, numFailedTests, numPendingTests, numRuntimeErrorTestSuites } = JSON.parse(
    readFileSync(report, 'utf8'),
  );
  const skipped = numPendingTests > 0 ? `, ${numPendingTests} skipped` : '';
  process.stdout.write(
    `over TCP: ${numPassedTests} passed, ${numFailedTests + numRuntimeErrorTestSuites} failed${skipped}\n`,
  );
  return status ?? 1;
}

try {
  process.exitCode = run(await url());
} finally {
  database.kill('SIGTERM');
  await ended;
  rmSync(directory, { recursive: true, force: true });
}
