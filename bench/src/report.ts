import { machine } from './machine.ts';
import type { Peer } from './peers.ts';
import { PEERS } from './peers.ts';
import type { BenchRecord, ScenarioRun } from './record.ts';
import { roundsOf } from './record.ts';
import type { Verdict } from './results.ts';
import { scenarioTable, verdicts, verdictTable } from './results.ts';
import type { Scenario } from './scenarios.ts';
import { SCENARIOS } from './scenarios.ts';

/** The peers that took part in a run. */
const peersIn = ({ rounds }: ScenarioRun): Peer[] =>
  PEERS.filter(({ name }) => rounds.some((round) => Object.hasOwn(round, name)));

const minute = (at: string): string => `${at.slice(0, 16).replace('T', ' ')} UTC`;

const when = ({ at, load: [before, after] }: ScenarioRun): string =>
  `${minute(at)}, load average ${before.toFixed(2)} before and ${after.toFixed(2)} after`;

function verdictsOf(scenario: Scenario, run: ScenarioRun | undefined): readonly Verdict[] {
  return run === undefined ? [] : verdicts(scenario, roundsOf(run), peersIn(run));
}

/** The tables of everything that was measured. */
export function report(record: BenchRecord, head: string): string {
  const measured = SCENARIOS.filter(({ name }) => record.first[name] !== undefined);
  const found = measured.flatMap((scenario) => {
    const second = verdictsOf(scenario, record.second[scenario.name]);
    return verdictsOf(scenario, record.first[scenario.name]).map((first, at) => ({ first, second: second[at] }));
  });
  const tables = measured.flatMap((scenario) => {
    const run = record.first[scenario.name];
    if (run === undefined) return [];
    const again = record.second[scenario.name];
    const dates = again === undefined ? [when(run)] : [`First run: ${when(run)}.`, `Second run: ${when(again)}`];
    return [`${scenarioTable(scenario, roundsOf(run), peersIn(run))}\n\n${dates.join(' ')}.`];
  });
  return [
    '# How Concert compares with other Yjs servers',
    '',
    ...(head === '' ? [] : [head, '']),
    machine(),
    '',
    '## Targets',
    '',
    'Ratios are medians over the rounds of one run, each round against the better peer that stores what it is sent.',
    'The last two columns are a second run on the same machine, and how far its figure is from that of the first.',
    '',
    verdictTable(found),
    '',
    '## Medians of the first run',
    '',
    tables.join('\n\n'),
    '',
  ].join('\n');
}
