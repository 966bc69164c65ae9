import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { mutants } from './all.ts';

export const packageDirectory = fileURLToPath(new URL('..', import.meta.url));
const root = join(packageDirectory, '../..');
/** Where tests of the engine's rules are; other packages have rules of their own. */
const testDirectories = ['packages/sync', 'packages/e2e', 'server', 'client'];

export type Rules = { all: string[]; safety: string[] };

/** The rules of SPEC.md; those with a ◆ are safety rules. */
export function readRules(): Rules {
  const lines = readFileSync(join(packageDirectory, 'SPEC.md'), 'utf8').matchAll(/^- \*\*\[(S\d+)\]\*\*( ◆)?/gm);
  const rules = [...lines].map(([, id = '', sign]) => ({ id, isSafety: sign !== undefined }));
  return { all: rules.map(({ id }) => id), safety: rules.filter(({ isSafety }) => isSafety).map(({ id }) => id) };
}

function testFiles(directory: string): string[] {
  return readdirSync(join(root, directory), { withFileTypes: true }).flatMap((entry) => {
    const path = `${directory}/${entry.name}`;
    if (entry.isDirectory()) return ['node_modules', 'dist'].includes(entry.name) ? [] : testFiles(path);
    return /\.(test\.tsx?|contract\.ts|journey\.ts)$/.test(entry.name) ? [path] : [];
  });
}

/** The files of tests by the rules that titles in them carry; a test that is skipped holds nothing. */
export function readTitles(): Map<string, Set<string>> {
  const files = new Map<string, Set<string>>();
  for (const path of testDirectories.flatMap(testFiles)) {
    const text = readFileSync(join(root, path), 'utf8').replace(/\.(skip|todo)\(\s*(['"`]).*?\2/g, '');
    for (const [, tags = ''] of text.matchAll(/['"`]((?:\[[^\]\n]+\] ?)+)/g)) {
      for (const [, rule = ''] of tags.matchAll(/\[(S\d+)\]/g)) {
        files.set(rule, (files.get(rule) ?? new Set()).add(path));
      }
    }
  }
  return files;
}

const doubled = (names: string[]): string[] => [...new Set(names.filter((name, i) => names.indexOf(name) !== i))];

/** Where SPEC.md, the tests and the mutants do not agree, in sentences; nothing is run for this. */
export function disagreements(): string[] {
  const { all, safety } = readRules();
  const titles = readTitles();
  return [
    ...doubled(all).map((rule) => `${rule} is written twice in SPEC.md`),
    ...all.filter((rule) => !titles.has(rule)).map((rule) => `${rule} has no test`),
    ...[...titles]
      .filter(([rule]) => !all.includes(rule))
      .map(([rule, files]) => `${rule} is no rule, but ${[...files].join(', ')} names it`),
    ...safety
      .filter((rule) => !mutants.some((mutant) => mutant.rule === rule))
      .map((rule) => `${rule} is a safety rule without a mutant`),
    ...doubled(mutants.map(({ name }) => name)).map((name) => `two mutants are called ${name}`),
    ...mutants.flatMap(({ name, rule, file, find, replace }) => {
      if (!all.includes(rule)) return [`mutant ${name} breaks ${rule}, which is no rule`];
      const times = readFileSync(join(packageDirectory, file), 'utf8').split(find).length - 1;
      if (find === replace) return [`mutant ${name} changes nothing`];
      return times === 1 ? [] : [`mutant ${name} does not apply: what it changes occurs ${times} times in ${file}`];
    }),
  ];
}
