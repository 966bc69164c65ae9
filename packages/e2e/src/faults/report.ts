import type { Verdict } from './fault.ts';

const quantile = (values: readonly number[], share: number): number | undefined => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
};
const ms = (value: number | undefined): string => (value === undefined ? '–' : `${Math.round(value)} ms`);

const COLUMNS = [
  'case',
  'outcome',
  'sent',
  'acked',
  'lost',
  'doubled',
  'ack p50',
  'ack p99',
  'back (max)',
  'errors',
  'RSS',
  's',
];

function row({ fault, outcome, findings, seconds }: Verdict): string[] {
  const { asked, failed } = findings.requests;
  return [
    fault.id,
    outcome,
    String(findings.sent),
    String(findings.acknowledged),
    String(findings.lost.length),
    String(findings.doubled.length),
    ms(quantile(findings.ackMs, 0.5)),
    ms(quantile(findings.ackMs, 0.99)),
    ms(quantile(findings.recoveryMs, 1)),
    asked === 0 ? '–' : `${((100 * failed) / asked).toFixed(1)} %`,
    findings.rss === 0 ? '–' : `${Math.round(findings.rss / 1e6)} MB`,
    seconds.toFixed(0),
  ];
}

/** A table of what was found, and below it what did not hold, what was skipped and why. */
export function report(verdicts: readonly Verdict[]): string {
  const rows = [COLUMNS, ...verdicts.map(row)];
  const widths = COLUMNS.map((_, at) => Math.max(...rows.map((cells) => (cells[at] ?? '').length)));
  const table = rows.map((cells) =>
    cells
      .map((cell, at) => cell.padEnd(widths[at] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  const lines = verdicts.flatMap(({ fault, outcome, reason, findings }) => [
    ...(outcome === 'skipped' ? [`${fault.id} skipped: ${reason}`] : []),
    ...(findings.notes.length > 0 ? [`${fault.id} (${fault.title}): ${findings.notes.join('; ')}`] : []),
    ...findings.failed.map((condition) => `${fault.id} did not hold: ${condition}`),
    ...(findings.lost.length > 0 ? [`${fault.id} lost: ${findings.lost.slice(0, 20).join(' ')}`] : []),
    ...(findings.doubled.length > 0 ? [`${fault.id} doubled: ${findings.doubled.slice(0, 20).join(' ')}`] : []),
  ]);
  return [...table, '', ...lines].join('\n');
}
