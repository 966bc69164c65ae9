import { availableParallelism, loadavg } from 'node:os';
import type { Member } from '../member.ts';
import { until } from '../until.ts';
import type { Crowd } from './crowd.ts';
import { gather } from './crowd.ts';
import type { Findings, Ground } from './fault.ts';
import { hold } from './fault.ts';
import type { Installation, InstallationOptions } from './installation.ts';
import { startInstallation } from './installation.ts';
import { judgeAgreement, judgeStored } from './judge.ts';
import { watch } from './probe.ts';

/** Edits a second of each writer: gentle, so that what is measured is the fault and not the machine. */
export const RATE = 5;
/** What people may wait at most until all is saved after a fault, on a calm machine. */
const SAVED_MS = 5_000;
/** What an acknowledgement takes on a calm machine, at most. */
const CALM_ACK_MS = 100;

/** People at work on an installation, before something happens to it. */
export type Scene = {
  readonly installation: Installation;
  readonly crowd: Crowd;
  /** The writer's account at each of the servers. */
  readonly members: readonly Member[];
  /** How many times slower than a calm machine this one acknowledged before anything happened; 1 at least. */
  readonly slowness: number;
};

/** Starts an installation and lets people write on it: 20 on ten documents, or six on three in the short version. */
export async function openScene(
  ground: Ground,
  findings: Findings,
  options: Omit<InstallationOptions, 'documents'> & { documents?: number; writers?: number } = {},
): Promise<Scene> {
  const documents = options.documents ?? (ground.quick ? 3 : 10);
  const installation = await startInstallation(ground, { ...options, documents });
  const members = installation.instances.map(({ server }) => ({ ...installation.member, url: server().url }));
  const crowd = await gather(ground, members, installation.documents, options.writers ?? (ground.quick ? 6 : 20));
  watch(ground, installation.first, installation.member, findings);
  crowd.startWriting(RATE);
  await crowd.untilMore(crowd.writers.length);
  const acks = crowd.writers.flatMap(({ edits }) => edits.map(({ at, acknowledgedAt }) => (acknowledgedAt ?? at) - at));
  const slowness = Math.max(1, acks.reduce((sum, ms) => sum + ms, 0) / acks.length / CALM_ACK_MS);
  if (slowness > 1) findings.notes.push(`a busy machine: times may be ${slowness.toFixed(1)} times as long`);
  return { installation, crowd, members, slowness };
}

/** Waits until all is saved after a fault has ended, and notes how long that took. */
export async function recover(
  ground: Ground,
  findings: Findings,
  { crowd, slowness }: Scene,
  calmLimitMs = SAVED_MS,
): Promise<void> {
  // Work of others on this machine makes everybody wait: so many wait for each of its cores.
  const limitMs = calmLimitMs * Math.max(slowness, (loadavg()[0] ?? 0) / availableParallelism());
  crowd.stopWriting();
  const took = await crowd.untilSaved();
  findings.recoveryMs.push(took);
  // In the short version, which runs beside other tests, a late answer is no fault.
  hold(
    findings,
    ground.quick || took <= limitMs,
    `all is saved within ${Math.round(limitMs)} ms (it took ${Math.round(took)} ms)`,
  );
}

/** The judgement that ends a case: all agree, and the store has kept all that was acknowledged, once. */
export async function closeScene({ installation, crowd, members }: Scene, findings: Findings): Promise<void> {
  crowd.stopWriting();
  await crowd.untilSaved();
  await judgeAgreement(crowd, members, findings);
  crowd.count(findings);
  for (const { server } of installation.instances) {
    hold(findings, !server().child.hasEnded(), `a server lives on (${server().child.said().slice(-300)})`);
  }
  await judgeStored(crowd, installation.store, findings);
}

/** Waits without looking at anything: for faults that last. */
export const pass = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Notes whether anything was acknowledged while `during` ran, counted from when it calls back. */
export async function nothingAcknowledged(
  findings: Findings,
  crowd: Crowd,
  what: string,
  during: (begin: () => void) => Promise<void>,
): Promise<void> {
  let before = 0;
  await during(() => {
    before = crowd.acknowledged();
  });
  const more = crowd.acknowledged() - before;
  hold(findings, more === 0, `nothing is acknowledged ${what} (${more} edits were)`);
}

/** Waits until people write on through a server that came back. */
export const back = (crowd: Crowd): Promise<void> => until('every writer is back', () => crowd.isIn());
