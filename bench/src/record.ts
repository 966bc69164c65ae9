import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { Outcome, Rounds } from './results.ts';

/** One scenario as it was run once: every peer in every round, and what else the machine did meanwhile. */
export type ScenarioRun = {
  /** When it began, ISO 8601. */
  readonly at: string;
  /** Load average of one minute before and after. */
  readonly load: readonly [number, number];
  readonly rounds: readonly Readonly<Record<string, Outcome>>[];
};

/** Which of two runs on one machine: the second one shows how far the figures can be trusted. */
export const TURNS = ['first', 'second'] as const;
export type Turn = (typeof TURNS)[number];

/** All that was measured, by run and scenario; the tables are made of it. */
export type BenchRecord = Readonly<Record<Turn, Readonly<Record<string, ScenarioRun>>>>;

const EMPTY: BenchRecord = { first: {}, second: {} };

/** What was measured before; nothing where there is no file yet. @throws SyntaxError for a file that is none of ours */
export const readRecord = (file: string): BenchRecord =>
  existsSync(file) ? { ...EMPTY, ...(JSON.parse(readFileSync(file, 'utf8')) as Partial<BenchRecord>) } : EMPTY;

/** The record with one scenario run anew; all others stay as they are. */
export const withRun = (record: BenchRecord, turn: Turn, scenario: string, run: ScenarioRun): BenchRecord => ({
  ...record,
  [turn]: { ...record[turn], [scenario]: run },
});

export const writeRecord = (file: string, record: BenchRecord): void =>
  writeFileSync(file, `${JSON.stringify(record)}\n`);

export const roundsOf = ({ rounds }: ScenarioRun): Rounds => rounds.map((round) => new Map(Object.entries(round)));
