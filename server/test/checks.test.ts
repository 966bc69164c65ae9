import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Every file of tests in the repository. */
function testFiles(directory: string): string[] {
  return readdirSync(join(ROOT, directory), { withFileTypes: true }).flatMap((entry) => {
    const path = `${directory}/${entry.name}`;
    if (entry.isDirectory()) return ['node_modules', 'dist'].includes(entry.name) ? [] : testFiles(path);
    return /\.(test\.tsx?|journey\.ts)$/.test(entry.name) ? [path] : [];
  });
}

const numbers = (text: string, pattern: RegExp): number[] =>
  [...new Set([...text.matchAll(pattern)].map(([, number]) => Number(number)))].sort((a, b) => a - b);

test('every check that the security page promises has a test, and every numbered test a check', () => {
  const promised = numbers(readFileSync(join(ROOT, 'docs/security.md'), 'utf8'), /^\| (\d+) \|/gm);
  const texts = ['server', 'client', 'packages']
    .flatMap(testFiles)
    .map((path) => readFileSync(join(ROOT, path), 'utf8'));
  const held = numbers(texts.join('\n'), /['`][^'`\n]*\[check (\d+)\]/g);
  expect(promised.length).toBeGreaterThan(20);
  expect(held).toEqual(promised);
});
