import { readFileSync } from 'node:fs';
import type { Member } from '../member.ts';
import type { Findings, Ground } from './fault.ts';
import type { Instance } from './installation.ts';

const EVERY_MS = 250;
const PATIENCE_MS = 2_000;

/** Resident memory of a process in bytes; 0 where it cannot be told. */
export function rssOf(pid: number): number {
  try {
    const pages = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return Number(pages ?? 0) * 1_024;
  } catch {
    // It has ended, or this is no Linux.
    return 0;
  }
}

/** The status that a request is answered with, 0 when there is no answer in time. */
export async function statusOf(url: string, member?: Member, patienceMs = PATIENCE_MS): Promise<number> {
  try {
    const headers: Record<string, string> = member ? { authorization: `Bearer ${member.token}` } : {};
    const response = await fetch(url, { headers, signal: AbortSignal.timeout(patienceMs) });
    await response.arrayBuffer();
    return response.status;
  } catch {
    return 0;
  }
}

/** Watches a server until the end of the ground: its memory, and whether it answers requests beside the load. */
export function watch(ground: Ground, instance: Instance, member: Member, findings: Findings): void {
  let asking = false;
  const look = async (): Promise<void> => {
    findings.rss = Math.max(findings.rss, rssOf(instance.server().child.pid));
    if (asking) return;
    asking = true;
    const status = await statusOf(`${instance.server().url}/api/workspaces`, member);
    asking = false;
    findings.requests.asked += 1;
    if (status !== 200) findings.requests.failed += 1;
  };
  const timer = setInterval(() => void look(), EVERY_MS);
  ground.atEnd(() => clearInterval(timer));
}

/** The value of a metric of a server, over all its labels. */
export const metricOf = async (url: string, name: string): Promise<number> => (await metricsOf(url))(name);

/** All metrics of a server at one moment, by name. */
export async function metricsOf(url: string): Promise<(name: string) => number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  return (name) => valueIn(text, name);
}

function valueIn(text: string, name: string): number {
  const lines = text.split('\n').filter((line) => line.startsWith(`${name} `) || line.startsWith(`${name}{`));
  return lines.reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' ') + 1)), 0);
}
