import { availableParallelism, cpus, loadavg, platform, release, totalmem } from 'node:os';

/** The machine, as far as figures depend on it. */
export function machine(loadBefore: readonly number[]): string {
  const load = (values: readonly number[]): string => values.map((value) => value.toFixed(2)).join(', ');
  return [
    `- ${availableParallelism()} cores (${cpus()[0]?.model.trim() ?? 'unknown'}), ${Math.round(totalmem() / 2 ** 30)} GiB, ${platform()} ${release()}`,
    `- Node ${process.versions.node}`,
    `- load average (1, 5, 15 minutes) before: ${load(loadBefore)}; after: ${load(loadavg())}`,
  ].join('\n');
}
