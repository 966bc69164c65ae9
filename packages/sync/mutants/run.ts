// `npm run mutants [-- --only NAME|RULE …] [--quick]`: a test of the rule that a mutant breaks must notice it.
// `--quick`: the first mutant of each rule. Nothing in the working tree is changed: sources change as they are compiled.
import { basename, dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { runCLI } from 'jest';
import { disagreements, packageDirectory, readTitles } from './agreement.ts';
import { mutants } from './all.ts';
import type { Mutant } from './mutant.ts';

/**
 * How long tests wait for a condition: what a mutant keeps from happening is waited for in vain. The second is for a
 * machine that is so busy that tests fail of themselves.
 */
const patienceMs = [3_000, 20_000];
/** A mutant that cannot even run was written wrongly; no test has noticed it. */
const broken = /^(Reference|Syntax)Error/;
const failsAnyway = 'fails anyway';

type Project = { name: string; files: string[]; only: string; mutant?: Mutant };
type Outcome = { mutant: Mutant; seconds: number; killer?: { file: string; test: string }; problem?: string };

const root = join(packageDirectory, '../..');
const inPackage = (file: string): string => join(packageDirectory, file);
const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

function chosen(): Mutant[] {
  const { values } = parseArgs({ options: { only: { type: 'string', multiple: true }, quick: { type: 'boolean' } } });
  const { only, quick } = values;
  if (only) return mutants.filter(({ name, rule }) => only.includes(name) || only.includes(rule));
  return quick ? mutants.filter(({ rule }, i) => mutants.findIndex((mutant) => mutant.rule === rule) === i) : mutants;
}

function testsOf({ rule, tests }: Mutant, titles: Map<string, Set<string>>): string[] {
  if (tests) return tests.map(inPackage);
  const all = [...(titles.get(rule) ?? [])].map((path) => join(root, path));
  return all.filter((path) => path.startsWith(packageDirectory) && path.endsWith('.test.ts'));
}

async function run(projects: Project[]) {
  const config = {
    rootDir: root,
    maxWorkers: '100%',
    testTimeout: 60_000,
    workerIdleMemoryLimit: '512MB',
    reporters: [inPackage('mutants/progress.js')],
    projects: projects.map(({ name, files, only, mutant }) => ({
      // The same for all: they share the map of files, and what was compiled.
      id: 'mutants',
      displayName: name,
      roots: [...new Set(files.map((file) => dirname(file)))],
      testMatch: files,
      extensionsToTreatAsEsm: ['.ts', '.tsx'],
      injectGlobals: false,
      testEnvironment: inPackage('mutants/environment.js'),
      testEnvironmentOptions: { only, enough: mutant !== undefined },
      transform: {
        '^.+\\.tsx?$': [
          inPackage('mutants/transform.js'),
          mutant ? { path: inPackage(mutant.file), find: mutant.find, replace: mutant.replace } : {},
        ],
      },
    })),
  };
  const { results } = await runCLI({ config: JSON.stringify(config), _: [], $0: 'mutants' }, [root]);
  return results.testResults;
}

async function tryAll(all: Mutant[]): Promise<Outcome[]> {
  const titles = readTitles();
  const results = await run(
    all.map((mutant) => ({
      name: mutant.name,
      files: testsOf(mutant, titles),
      only: `${escaped(`[${mutant.rule}]`)}.*${escaped(mutant.title ?? '')}`,
      mutant,
    })),
  );
  return all.map((mutant) => {
    const files = results.filter(({ displayName }) => displayName?.name === mutant.name);
    const seconds = files.reduce((sum, { perfStats }) => sum + (perfStats.end - perfStats.start) / 1_000, 0);
    for (const { testFilePath, testExecError, testResults } of files) {
      if (testExecError) return { mutant, seconds, problem: `does not run: ${testExecError.message}` };
      const failed = testResults.find(({ status }) => status === 'failed');
      if (!failed) continue;
      const reason = failed.failureMessages[0] ?? '';
      if (broken.test(reason)) return { mutant, seconds, problem: `does not run: ${reason.split('\n')[0]}` };
      return { mutant, seconds, killer: { file: testFilePath, test: failed.fullName } };
    }
    const ran = files.some(({ testResults }) => testResults.some(({ status }) => status === 'passed'));
    return { mutant, seconds, problem: ran ? 'survived' : `no test of ${mutant.rule} ran` };
  });
}

/** The tests that have noticed something, on the sources as they are: one that fails there too has noticed nothing. */
async function failingAnyway(outcomes: Outcome[]): Promise<Set<string>> {
  const tests = new Map<string, Set<string>>();
  for (const { killer } of outcomes) {
    if (killer) tests.set(killer.file, (tests.get(killer.file) ?? new Set()).add(killer.test));
  }
  const results = await run(
    [...tests].map(([file, names]) => ({
      name: 'unchanged',
      files: [file],
      only: `^(${[...names].map(escaped).join('|')})$`,
    })),
  );
  const passed = results.flatMap(({ testResults }) => testResults.filter(({ status }) => status === 'passed'));
  const names = new Set(passed.map(({ fullName }) => fullName));
  return new Set([...tests.values()].flatMap((all) => [...all].filter((name) => !names.has(name))));
}

async function judge(all: Mutant[]): Promise<Outcome[]> {
  const outcomes = await tryAll(all);
  const unreliable = await failingAnyway(outcomes);
  return outcomes.map((outcome) =>
    outcome.killer && unreliable.has(outcome.killer.test)
      ? { ...outcome, problem: `${failsAnyway}: ${outcome.killer.test}` }
      : outcome,
  );
}

function print(outcomes: Outcome[]): void {
  const rows = outcomes.map(({ mutant, seconds, killer, problem }) => [
    mutant.name,
    mutant.rule,
    problem ? problem.toUpperCase() : `${basename(killer?.file ?? '')}: ${killer?.test}`,
    seconds.toFixed(1),
  ]);
  const width = (column: number) => Math.max(...rows.map((row) => row[column]?.length ?? 0));
  const [name, rule] = [width(0), width(1)];
  for (const [mutant = '', id = '', told, seconds = ''] of rows) {
    console.log(`${mutant.padEnd(name)}  ${id.padEnd(rule)}  ${seconds.padStart(5)} s  ${told}`);
  }
}

const begun = performance.now();
const wrong = disagreements();
// Tests that make up their own seed would have another name each time.
process.env.SEED ??= '1';
const outcomes = new Map(chosen().map((mutant): [string, Outcome] => [mutant.name, { mutant, seconds: 0 }]));
if (outcomes.size === 0) throw new Error('there is no such mutant');
for (const patience of patienceMs) {
  const again = [...outcomes.values()].filter(
    ({ killer, problem }) => (!killer && !problem) || problem?.startsWith(failsAnyway),
  );
  if (again.length === 0) break;
  process.env.PATIENCE_MS = String(patience);
  for (const outcome of await judge(again.map(({ mutant }) => mutant))) outcomes.set(outcome.mutant.name, outcome);
}
print([...outcomes.values()]);
const left = [...outcomes.values()].filter(({ problem }) => problem !== undefined);
console.log(
  `${outcomes.size - left.length} of ${outcomes.size} mutants noticed, in ${Math.round((performance.now() - begun) / 1_000)} s`,
);
for (const { mutant, problem } of left) console.error(`${mutant.name} (${mutant.rule}): ${problem}`);
for (const sentence of wrong) console.error(sentence);
process.exitCode = left.length + wrong.length === 0 ? 0 : 1;
