import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { supportMatrix, supportSummary, withMatrix } from './matrix.ts';

export const README = fileURLToPath(new URL('../../README.md', import.meta.url));

/** The support matrix to be printed; with `--write` it goes into the README instead, and a line says how much it is. */
export function printSupport(args: readonly string[]): string {
  if (args.length === 0) return supportMatrix();
  if (args.length > 1 || args[0] !== '--write') throw new Error('usage: embedded-mongo support [--write]');
  writeFileSync(README, withMatrix(readFileSync(README, 'utf8')));
  return supportSummary();
}
