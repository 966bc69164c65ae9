import { writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { machine } from './machine.ts';
import type { Peer } from './peers.ts';
import { PEERS } from './peers.ts';
import type { Outcome, Rounds, Verdict } from './results.ts';
import { scenarioTable, verdicts, verdictTable } from './results.ts';
import type { Scenario } from './scenarios.ts';
import { SCENARIOS } from './scenarios.ts';
import { ROOT } from './server-process.ts';
import { Session } from './session.ts';

const USAGE = `npm run bench -- [options]
  --quick              small numbers and one round, to try it
  --rounds <n>         how often each peer runs each scenario, in turn (default 5, some 3; quick 1)
  --scenarios <a,b>    ${SCENARIOS.map(({ name }) => name).join(', ')}
  --peers <a,b>        ${PEERS.map(({ name }) => name).join(', ')}
  --out <file>         where the tables go (default bench/results.md; quick: printed only)
`;

const say = (line: string): void => void process.stderr.write(`${line}\n`);

function chosen<T extends { readonly name: string }>(all: readonly T[], names: string | undefined): readonly T[] {
  if (names === undefined) return all;
  return names.split(',').map((name) => {
    const found = all.find((one) => one.name === name);
    if (!found) throw new Error(`there is no ${name}; there are ${all.map((one) => one.name).join(', ')}`);
    return found;
  });
}

async function runOnce(scenario: Scenario, peer: Peer, quick: boolean): Promise<Outcome> {
  const session = new Session(peer, scenario.documents(quick));
  try {
    return await scenario.run(session, quick);
  } catch (error) {
    // One peer's failure is a result; the others go on.
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    say(text);
    return (text.split('\n')[0] ?? '').replaceAll(ROOT, '').slice(0, 300);
  } finally {
    await session.end();
  }
}

/** The peers of a scenario in turn, round after round, every other round in the opposite order. */
async function runRounds(scenario: Scenario, peers: readonly Peer[], rounds: number, quick: boolean): Promise<Rounds> {
  const results: Map<string, Outcome>[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const results_ = new Map<string, Outcome>();
    for (const peer of round % 2 === 0 ? peers : [...peers].reverse()) {
      const outcome = await runOnce(scenario, peer, quick);
      results_.set(peer.name, outcome);
      const load = loadavg()[0]?.toFixed(1);
      say(`${scenario.name} ${round + 1}/${rounds} ${peer.name} (load ${load}): ${JSON.stringify(outcome)}`);
    }
    results.push(results_);
  }
  return results;
}

const report = (
  tables: readonly string[],
  found: readonly Verdict[],
  loadBefore: readonly number[],
  head: string,
): string =>
  [
    '# How Concert compares with other Yjs servers',
    '',
    head,
    '',
    machine(loadBefore),
    '',
    '## Targets',
    '',
    'Ratios are medians over the rounds of one run, each round against the better peer that stores what it is sent.',
    '',
    verdictTable(found),
    '',
    '## Medians',
    '',
    tables.join('\n\n'),
    '',
  ].join('\n');

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      quick: { type: 'boolean', default: false },
      rounds: { type: 'string' },
      scenarios: { type: 'string' },
      peers: { type: 'string' },
      out: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(USAGE);
    return;
  }
  const quick = values.quick;
  const roundsOf = (scenario: Scenario): number => Number(values.rounds ?? (quick ? 1 : (scenario.rounds ?? 5)));
  const peers = chosen(PEERS, values.peers);
  const loadBefore = loadavg();
  const tables: string[] = [];
  const found: Verdict[] = [];
  const out = values.out ?? (quick ? undefined : join(ROOT, 'bench', 'results.md'));
  const head = quick ? 'A quick run with small numbers: it shows that everything works, not how fast.' : '';
  for (const scenario of chosen(SCENARIOS, values.scenarios)) {
    const here = peers.filter(({ name }) => scenario.withoutStorage || name !== 'y-memory');
    const results = await runRounds(scenario, here, roundsOf(scenario), quick);
    tables.push(scenarioTable(scenario, results, here));
    found.push(...verdicts(scenario, results, here));
    // Written after every scenario: a long run that is cut short leaves what it found.
    if (out) writeFileSync(out, report(tables, found, loadBefore, head));
  }
  process.stdout.write(report(tables, found, loadBefore, head));
}

await main();
