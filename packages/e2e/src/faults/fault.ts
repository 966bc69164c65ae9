import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { seeded } from '../seeded.ts';
import type { SharedInstallations } from './installation.ts';

/** What a case stands on: a folder of its own, chance that the seed repeats, and what is to be put right at its end. */
export type Ground = {
  readonly id: string;
  readonly seed: number;
  readonly random: () => number;
  /** The short version: a few seconds. */
  readonly quick: boolean;
  /** How long cases last that last as long as one likes. */
  readonly minutes: number;
  readonly folder: string;
  /** What cases share, if they do. */
  readonly shared: SharedInstallations | null;
  say(line: string): void;
  /** Undone at the end in the opposite order, also when the case fails. */
  atEnd(undo: () => unknown): void;
};

/** What a case found. A case may look several times; the counts then are of all looks together. */
export type Findings = {
  sent: number;
  acknowledged: number;
  /** Acknowledged edits that are not in the store. */
  lost: string[];
  /** Edits that are in the store more than once. */
  doubled: string[];
  /** Conditions of the case that did not hold. */
  failed: string[];
  /** Times from the end of a fault until everything was saved, or until people were served again. */
  readonly recoveryMs: number[];
  /** Times from an edit to its acknowledgement. */
  readonly ackMs: number[];
  /** Requests over HTTP beside the load, and how many of them were not answered with success. */
  readonly requests: { asked: number; failed: number };
  /** The biggest resident memory of a server that was seen, in bytes. */
  rss: number;
  readonly notes: string[];
};

export type Fault = {
  readonly id: string;
  readonly title: string;
  /** Why the case cannot run on this machine; null when it can. */
  lacks?(): string | null;
  run(ground: Ground, findings: Findings): Promise<void>;
};

export type Verdict = {
  readonly fault: Fault;
  readonly outcome: 'held' | 'failed' | 'skipped';
  /** Why it was skipped, or what it ended with. */
  readonly reason?: string;
  readonly findings: Findings;
  readonly seconds: number;
};

const noFindings = (): Findings => ({
  sent: 0,
  acknowledged: 0,
  lost: [],
  doubled: [],
  failed: [],
  recoveryMs: [],
  ackMs: [],
  requests: { asked: 0, failed: 0 },
  rss: 0,
  notes: [],
});

/** Notes a condition that does not hold. */
export const hold = (findings: Findings, holds: boolean, condition: string): void => {
  if (!holds) findings.failed.push(condition);
};

export type RunOptions = {
  readonly seed: number;
  readonly quick: boolean;
  readonly minutes?: number;
  readonly shared?: SharedInstallations;
  readonly say?: (line: string) => void;
};

/** Runs one case and puts right whatever it made, also when it fails. */
export async function runFault(fault: Fault, options: RunOptions): Promise<Verdict> {
  const began = performance.now();
  const findings = noFindings();
  const lacking = fault.lacks?.() ?? null;
  if (lacking !== null) return { fault, outcome: 'skipped', reason: lacking, findings, seconds: 0 };
  const folder = mkdtempSync(join(tmpdir(), `concert-${fault.id.toLowerCase()}-`));
  const undoing: (() => unknown)[] = [() => rmSync(folder, { recursive: true, force: true })];
  const ground: Ground = {
    id: fault.id,
    seed: options.seed,
    random: seeded(options.seed),
    quick: options.quick,
    minutes: options.minutes ?? 30,
    shared: options.shared ?? null,
    folder,
    say: (line) => options.say?.(`${fault.id}: ${line}`),
    atEnd: (undo) => void undoing.push(undo),
  };
  try {
    await fault.run(ground, findings);
  } catch (error) {
    findings.failed.push(error instanceof Error ? error.message : String(error));
  } finally {
    for (const undo of undoing.reverse()) {
      try {
        await undo();
      } catch (error) {
        findings.failed.push(`could not be put right: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
  }
  const held = findings.lost.length === 0 && findings.doubled.length === 0 && findings.failed.length === 0;
  // Who comes next does not suffer from what is left of this one.
  if (!held) options.shared?.forget();
  return { fault, outcome: held ? 'held' : 'failed', findings, seconds: (performance.now() - began) / 1_000 };
}
