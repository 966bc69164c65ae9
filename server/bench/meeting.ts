import { parseArgs } from 'node:util';
import { runBallots } from './meeting-ballots.ts';

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const { values } = parseArgs({ options: { rounds: { type: 'string', default: '20' }, voters: { type: 'string', default: '200' }, seed: { type: 'string', default: '1' } } });
const t = performance.now();
await runBallots({ voters: Number(values.voters), rounds: Number(values.rounds), seed: Number(values.seed), report: (l) => say(`${(performance.now() - t).toFixed(0)} ${l}`) });
