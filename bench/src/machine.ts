import { availableParallelism, cpus, platform, release, totalmem } from 'node:os';

/** The machine, as far as figures depend on it. */
export function machine(): string {
  return [
    `- ${availableParallelism()} cores (${cpus()[0]?.model.trim() ?? 'unknown'}), ${Math.round(totalmem() / 2 ** 30)} GiB, ${platform()} ${release()}`,
    `- Node ${process.versions.node}`,
  ].join('\n');
}
