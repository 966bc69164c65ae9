import { parseArgs } from 'node:util';
import { runBallots } from './meeting-ballots.ts';
import { spread, table } from './meeting-numbers.ts';
import { type Cost, type Measured, runSitting } from './meeting-sitting.ts';

const USAGE = `npm run bench:meeting -- [options]
  --only <part>     sitting or ballots (default both)
  --quick           small numbers, to see that it runs
  --participants n  who follow the sitting (default 60)
  --changes n       what the chair does meanwhile (default 60)
  --voters n        seats in the polls (default 200)
  --rounds n        polls under kill -9 (default 20)
  --seed n          of the instants and the choices (default: the clock)
  --profile <folder> writes CPU profiles of the servers there
A meeting that many people follow: how long a change takes to each of them, and what it costs the server. Then ballots
of everybody at once while the server is killed: exit code 1 when one was lost or doubled.`;

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    quick: { type: 'boolean', default: false },
    participants: { type: 'string' },
    changes: { type: 'string' },
    voters: { type: 'string' },
    rounds: { type: 'string' },
    seed: { type: 'string' },
    profile: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) {
  process.stdout.write(`${USAGE}\n`);
  process.exit();
}
if (values.only !== undefined && values.only !== 'sitting' && values.only !== 'ballots') throw new Error(USAGE);

const numberOf = (given: string | undefined, usual: number, quick: number): number => {
  const number = given === undefined ? (values.quick ? quick : usual) : Number(given);
  if (!Number.isInteger(number) || number < 1) throw new Error(USAGE);
  return number;
};
const participants = numberOf(values.participants, 60, 10);
const changes = numberOf(values.changes, 60, 11);
const voters = numberOf(values.voters, 200, 30);
const rounds = numberOf(values.rounds, 20, 2);
const clock = 1 + (Date.now() % 1_000_000);
const seed = numberOf(values.seed, clock, clock);

/** Ballots of everybody before the kills, to see how long they take: one named, one secret. */
const CALM = 2;
const profileDir = values.profile;

const say = (text: string): void => void process.stdout.write(`${text}\n`);

const timesOf = ({ what, changes: count, answeredMs, heldMs, lastMs }: Measured): string[] => [
  ...[what, String(count), spread(answeredMs), spread(heldMs), spread(lastMs)],
];
const costsOf = ({ what, changes: count, serverMs, databaseMs, hereMs, told, reads, bytes }: Cost): string[] => [
  ...[what, (serverMs / count).toFixed(0), (databaseMs / count).toFixed(0), (hereMs / count).toFixed(0)],
  ...[(told / count).toFixed(1), (reads / count).toFixed(1), reads === 0 ? '–' : (bytes / reads / 1_024).toFixed(1)],
];

async function sitting(): Promise<void> {
  const { measured, costs } = await runSitting({ participants, changes, seed, profileDir });
  const times = 'p50 / p95 / max, ms';
  say(`\nA sitting followed by ${participants}\n`);
  say(
    table([
      ['change', 'n', `answered: ${times}`, `each holds it: ${times}`, `the last holds it: ${times}`],
      ...measured.map(timesOf),
    ]),
  );
  say('\nFor each change: CPU in ms, how often the participants were told and read, and how long an answer was\n');
  say(table([['what', 'server', 'database', 'participants', 'told', 'reads', 'KB a read'], ...costs.map(costsOf)]));
}

async function ballots(): Promise<void> {
  say(`\n${rounds} ballots of ${voters} under kill -9\n`);
  const done = await runBallots({ voters, rounds, calm: CALM, seed, report: say, profileDir });
  const bad = done.filter(({ faults }) => faults.length > 0);
  const kills = done.flatMap(({ kill }) => kill ?? []);
  const sum = (key: 'answered' | 'inTheBox'): number => kills.reduce((total, kill) => total + kill[key], 0);
  say(
    `\n${done.length - bad.length} of ${done.length} as they must be; of ${rounds * voters} ballots under kills ${sum('answered')} were ` +
      `answered before theirs, ${sum('inTheBox')} more were in the box without an answer; ` +
      `back in ${spread(kills.map(({ restartMs }) => restartMs))} ms (p50 / p95 / max)`,
  );
  if (bad.length > 0) process.exitCode = 1;
}

say(`seed ${seed}`);
if (values.only !== 'ballots') await sitting();
if (values.only !== 'sitting') await ballots();
