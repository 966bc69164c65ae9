import type { Round } from './measurements.ts';

export type Measured = {
  readonly name: string;
  readonly unit: string;
  readonly size: number;
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
};

const at = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;

/** The median of the rounds, and percentiles over all operations of all rounds. */
export function measured(name: string, unit: string, size: number, rounds: readonly Round[]): Measured {
  const perSecond = at(
    rounds.map((round) => round.perSecond).sort((a, b) => a - b),
    0.5,
  );
  const ms = rounds.flatMap((round) => round.ms).sort((a, b) => a - b);
  return { name, unit, size, perSecond, p50: at(ms, 0.5), p99: at(ms, 0.99) };
}

const number = (value: number): string =>
  Math.round(value)
    .toString()
    .replace(/\B(?=(\d{3})+$)/g, ' ');

/** A table: for each size operations a second (median of the rounds), p50 / p99 in ms, and the p50 against that of the first size. */
export function report(
  results: readonly Measured[],
  sizes: readonly number[],
  rounds: number,
  machine: string,
): string {
  const names = [...new Set(results.map(({ name }) => name))];
  const heading = sizes.flatMap((size, i) => [
    `${number(size)} documents`,
    'p50 / p99 ms',
    ...(i > 0 ? [`p50, times that of ${number(sizes[0] ?? 0)}`] : []),
  ]);
  const rows = names.map((name) => {
    const own = results.filter((result) => result.name === name);
    const cells = own.flatMap(({ perSecond, p50, p99, unit }, i) => [
      `${number(perSecond)} ${unit}`,
      `${p50.toFixed(2)} / ${p99.toFixed(1)}`,
      ...(i > 0 ? [(p50 / (own[0]?.p50 ?? 1)).toFixed(2)] : []),
    ]);
    return `| ${[name, ...cells].join(' | ')} |`;
  });
  return `# Measured

Through the official driver over the unix socket, documents of about 350 bytes, four indexes, every write on the disk before it is answered. Operations a second are medians of ${rounds} rounds. The p50 is compared between sizes, because it hardly feels what else the machine does: 1 means that the size of the collection does not matter. Measured by \`npm run -s bench -w @concert/embedded-mongo\`.

Machine: ${machine}.

| ${['operation', ...heading].join(' | ')} |
|${'---|'.repeat(heading.length + 1)}
${rows.join('\n')}
`;
}
