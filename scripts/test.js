// `npm test`: the same set-up as `npm start`, then every test, the browser journeys included.
// The last line is `N passed, N failed[, N skipped]`. Options: --no-browser, or paths for Jest.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from './chromium.js';
import { root, setUp } from './setup.js';

const args = process.argv.slice(2);
const withBrowser = !args.includes('--no-browser');
const paths = args.filter((arg) => !arg.startsWith('--'));
const reports = mkdtempSync(join(tmpdir(), 'concert-test-'));
const totals = { passed: 0, failed: 0, skipped: 0 };

const readReport = (name) => {
  try {
    return JSON.parse(readFileSync(join(reports, name), 'utf8'));
  } catch {
    return undefined;
  }
};

function unitTests() {
  const jest = join(root, 'node_modules', 'jest', 'bin', 'jest.js');
  const result = spawnSync(
    process.execPath,
    [
      '--experimental-vm-modules',
      '--no-warnings',
      jest,
      '--json',
      `--outputFile=${join(reports, 'jest.json')}`,
      ...paths,
    ],
    // What tests report (counts, seeds, reasons of skips) is written to the standard output.
    { cwd: root, stdio: ['ignore', 2, 'inherit'] },
  );
  const report = readReport('jest.json');
  if (!report) {
    process.stderr.write('Jest ended without a report.\n');
    totals.failed += 1;
    return;
  }
  totals.passed += report.numPassedTests;
  totals.failed +=
    report.numFailedTests +
    report.testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0).length;
  totals.skipped += report.numPendingTests + report.numTodoTests;
  if (result.status !== 0 && totals.failed === 0) totals.failed += 1;
}

function browserJourneys() {
  const browser = chromium();
  if (!browser) {
    process.stderr.write(
      'Browser journeys skipped: no Chromium here, and it could not be installed (set CHROMIUM to its path).\n',
    );
    totals.skipped += 1;
    // A release may not be judged by tests that did not run.
    if (process.env.CI) totals.failed += 1;
    return;
  }
  const cli = join(root, 'node_modules', '@playwright', 'test', 'cli.js');
  const result = spawnSync(process.execPath, [cli, 'test', '--config', 'packages/e2e/playwright.config.ts'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    env: { ...process.env, CHROMIUM: browser, PLAYWRIGHT_JSON_OUTPUT_NAME: join(reports, 'playwright.json') },
  });
  const stats = readReport('playwright.json')?.stats;
  if (!stats) {
    process.stderr.write('Playwright ended without a report.\n');
    totals.failed += 1;
    return;
  }
  totals.passed += stats.expected + stats.flaky;
  totals.failed += stats.unexpected;
  totals.skipped += stats.skipped;
  if (process.env.CI && stats.skipped > 0) totals.failed += stats.skipped;
  if (result.status !== 0 && stats.unexpected === 0) totals.failed += 1;
}

setUp();
unitTests();
if (withBrowser && paths.length === 0) browserJourneys();
rmSync(reports, { recursive: true, force: true });
const skipped = totals.skipped > 0 ? `, ${totals.skipped} skipped` : '';
process.exitCode = totals.failed > 0 ? 1 : 0;
process.stdout.write(`${totals.passed} passed, ${totals.failed} failed${skipped}\n`);
