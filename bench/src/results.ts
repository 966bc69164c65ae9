import type { Metrics } from './load/metrics.ts';
import type { Peer } from './peers.ts';
import type { Scenario } from './scenarios.ts';
import type { Line, Target } from './targets.ts';

/** One peer's run in one round; a text where it could not run. */
export type Outcome = Metrics | string;

/** A scenario's outcomes: a round holds one of each peer, by name. */
export type Rounds = readonly ReadonlyMap<string, Outcome>[];

const numbers = (values: readonly (number | boolean | null | undefined)[]): number[] =>
  values.filter((value): value is number => typeof value === 'number' && Number.isFinite(value));

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

const valueIn = (outcome: Outcome | undefined, metric: string): number | boolean | null =>
  outcome === undefined || typeof outcome === 'string' ? null : (outcome[metric] ?? null);

const figure = (value: number, digits: number): string =>
  Math.abs(value) >= 10_000 ? Math.round(value).toLocaleString('en').replaceAll(',', ' ') : value.toFixed(digits);

function cell(rounds: Rounds, peer: string, line: Line): string {
  const values = rounds.map((round) => valueIn(round.get(peer), line.metric));
  const booleans = values.filter((value) => typeof value === 'boolean');
  if (booleans.length > 0) return booleans.every(Boolean) ? 'yes' : booleans.some(Boolean) ? 'not always' : 'no';
  const found = numbers(values);
  if (found.length === 0) return '–';
  return figure(median(found), line.digits);
}

/** What is compared with the target in each round. */
function compared(rounds: Rounds, peers: readonly Peer[], line: Line, target: Target): number[] {
  return numbers(
    rounds.map((round) => {
      const own = valueIn(round.get('concert'), line.metric);
      if (typeof own !== 'number') return null;
      if (target.kind === 'most') return own;
      const others = numbers(
        peers
          .filter(({ name, counts }) => counts && (target.against === undefined || name === target.against))
          .map(({ name }) => valueIn(round.get(name), line.metric)),
      );
      if (others.length === 0) return null;
      return own / (target.better === 'lower' ? Math.min(...others) : Math.max(...others));
    }),
  );
}

export type Verdict = {
  readonly scenario: string;
  readonly label: string;
  readonly target: string;
  readonly value: string;
  readonly spread: string;
  readonly met: boolean | null;
  /** The figure that decides, unrounded. */
  readonly figure: number;
};

const sign = (target: Target): string => (target.kind === 'ratio' && target.better === 'higher' ? '≥' : '≤');

const targetText = (target: Target): string => {
  const limit = `${sign(target)} ${Number(target.limit.toFixed(3))}`;
  if (target.kind === 'most') return limit;
  return `${limit} × ${target.against ?? 'the better peer'}`;
};

/** A worst value decides where nothing may ever be lost; else the median. */
function verdict(scenario: Scenario, rounds: Rounds, peers: readonly Peer[], line: Line, target: Target): Verdict {
  const values = compared(rounds, peers, line, target);
  const digits = target.kind === 'ratio' ? 3 : line.digits;
  const worst = sign(target) === '≤' ? Math.max(...values) : Math.min(...values);
  const decisive = target.kind === 'most' && target.limit === 0 ? worst : median(values);
  const met = sign(target) === '≤' ? decisive <= target.limit : decisive >= target.limit;
  return {
    scenario: scenario.name,
    label: line.label,
    target: targetText(target),
    value: values.length === 0 ? '–' : figure(decisive, digits),
    spread:
      values.length === 0 ? '–' : `${figure(Math.min(...values), digits)} … ${figure(Math.max(...values), digits)}`,
    met: values.length === 0 ? null : met,
    figure: decisive,
  };
}

export const verdicts = (scenario: Scenario, rounds: Rounds, peers: readonly Peer[]): Verdict[] =>
  scenario.lines.flatMap((line) => (line.target ? [verdict(scenario, rounds, peers, line, line.target)] : []));

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

/** A verdict of the first run, and of the second where there was one. */
export type Judged = { readonly first: Verdict; readonly second: Verdict | undefined };

const told = (met: boolean | null): string => (met === null ? 'not measured' : met ? 'met' : '**not met**');

/** How far a second figure is from the first, in per cent of it; a figure of 0 stays 0 or has no share. */
function distance({ first, second }: Judged): string {
  if (second === undefined || second.met === null) return '';
  const share = first.figure === 0 ? (second.figure === 0 ? 0 : Number.NaN) : second.figure / first.figure - 1;
  const percent = Number.isFinite(share) ? `${share < 0 ? '−' : '+'}${Math.abs(Math.round(share * 100))} %` : '–';
  return second.met === first.met ? percent : `${percent}, ${told(second.met)}`;
}

export function verdictTable(found: readonly Judged[]): string {
  const head = ['scenario', 'line', 'target', 'Concert', 'spread', '', 'again', 'difference'];
  return [
    row(head),
    row(['---', '---', '---', '--:', '--:', '---', '--:', '--:']),
    ...found.map((judged) => {
      const { scenario, label, target, value, spread, met } = judged.first;
      return row([scenario, label, target, value, spread, told(met), judged.second?.value ?? '', distance(judged)]);
    }),
  ].join('\n');
}

/** Medians of every line by peer, and why a peer is missing. */
export function scenarioTable(scenario: Scenario, rounds: Rounds, peers: readonly Peer[]): string {
  const faults = peers.flatMap(({ name, title }) => {
    const texts = rounds.map((round) => round.get(name)).filter((outcome) => typeof outcome === 'string');
    return texts[0] === undefined ? [] : [`${title}, ${texts.length} of ${rounds.length} runs: ${texts[0]}`];
  });
  return [
    `### ${scenario.title}`,
    '',
    `Medians of ${rounds.length} ${rounds.length === 1 ? 'round' : 'rounds'}.`,
    '',
    row(['', ...peers.map(({ title }) => title)]),
    row(['---', ...peers.map(() => '--:')]),
    ...scenario.lines.map((line) => row([line.label, ...peers.map(({ name }) => cell(rounds, name, line))])),
    ...(faults.length > 0 ? ['', 'Not run:', '', ...faults.map((fault) => `- ${fault}`)] : []),
  ].join('\n');
}
