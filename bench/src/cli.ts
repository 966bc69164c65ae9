import { writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Peer } from './peers.ts';
import { PEERS } from './peers.ts';
import { type BenchRecord, readRecord, type ScenarioRun, TURNS, type Turn, withRun, writeRecord } from './record.ts';
import { report } from './report.ts';
import type { Outcome } from './results.ts';
import type { Scenario } from './scenarios.ts';
import { SCENARIOS } from './scenarios.ts';
import { ROOT } from './server-process.ts';
import { Session } from './session.ts';

const USAGE = `npm run bench -- [options]
  --quick              small numbers and one round, to try it
  --rounds <n>         how often each peer runs each scenario, in turn (default 5, some 3; quick 1)
  --scenarios <a,b>    ${SCENARIOS.map(({ name }) => name).join(', ')}
  --peers <a,b>        ${PEERS.map(({ name }) => name).join(', ')}
  --run <first|second> which of two runs this is; what it measures replaces what it measured before (default first)
  --out <file>         where the tables go, what they are made of beside it as .json (default bench/results.md;
                       quick: printed only)
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
async function runRounds(
  scenario: Scenario,
  peers: readonly Peer[],
  rounds: number,
  quick: boolean,
): Promise<ScenarioRun> {
  const results: Record<string, Outcome>[] = [];
  const load = (): number => loadavg()[0] ?? 0;
  const [at, before] = [new Date().toISOString(), load()];
  for (let round = 0; round < rounds; round += 1) {
    const outcomes: Record<string, Outcome> = {};
    for (const peer of round % 2 === 0 ? peers : [...peers].reverse()) {
      const outcome = await runOnce(scenario, peer, quick);
      outcomes[peer.name] = outcome;
      say(
        `${scenario.name} ${round + 1}/${rounds} ${peer.name} (load ${load().toFixed(1)}): ${JSON.stringify(outcome)}`,
      );
    }
    results.push(outcomes);
  }
  return { at, load: [before, load()], rounds: results };
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      quick: { type: 'boolean', default: false },
      rounds: { type: 'string' },
      scenarios: { type: 'string' },
      peers: { type: 'string' },
      run: { type: 'string', default: 'first' },
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
  const turn = turnOf(values.run);
  const out = values.out ?? (quick ? undefined : join(ROOT, 'bench', 'results.md'));
  const data = out?.replace(/(\.md)?$/, '.json');
  const head = quick ? 'A quick run with small numbers: it shows that everything works, not how fast.' : '';
  let record: BenchRecord = data === undefined ? { first: {}, second: {} } : readRecord(data);
  for (const scenario of chosen(SCENARIOS, values.scenarios)) {
    const here = peers.filter(({ name }) => scenario.withoutStorage || name !== 'y-memory');
    record = withRun(record, turn, scenario.name, await runRounds(scenario, here, roundsOf(scenario), quick));
    // Written after every scenario: a long run that is cut short leaves what it found.
    if (data !== undefined) writeRecord(data, record);
    if (out !== undefined) writeFileSync(out, report(record, head));
  }
  process.stdout.write(report(record, head));
}

function turnOf(asked: string): Turn {
  const turn = TURNS.find((one) => one === asked);
  if (turn === undefined) throw new Error(`--run is ${TURNS.join(' or ')}, not ${asked}`);
  return turn;
}

await main();
