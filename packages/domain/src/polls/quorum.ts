import type { Quorum, Unit } from './api.ts';
import { neededFor, reaches, type Share } from './fraction.ts';
import { collegesOf, grainOfRegister, isFilled, sumOf } from './register.ts';
import type { Register, RegisterEntry } from './types.ts';

/**
 * [V8] What becomes of a seat that is recused: it is of those that count, but not there (`absent`); it is left out of both
 * (`left-out`); it is counted like any other (`counted`).
 */
export type RecusedInQuorum = 'absent' | 'left-out' | 'counted';

export type QuorumOptions = {
  /** [V9] Whether the meeting was convened again after one that had no quorum. */
  readonly secondCall: boolean;
  readonly recused?: RecusedInQuorum;
};

/** How many must be there and are. */
export type QuorumPart = {
  readonly reached: boolean;
  readonly needed: number;
  readonly present: number;
  readonly of: number;
};

export type QuorumResult = QuorumPart & {
  readonly base: Quorum['base'];
  readonly unit: Unit;
  readonly countProxies: boolean;
  readonly secondCall: boolean;
  readonly byCollege: readonly (QuorumPart & { readonly college: string })[];
};

/** [V7] Somebody is there for the seat; who is represented counts where the rule says so. */
const isThere = ({ voterId, via, present }: RegisterEntry, countProxies: boolean): boolean =>
  voterId !== undefined && (via === 'proxy' ? countProxies : present);

/** [V6] */
function partOf(rule: Quorum, entries: Register, recused: RecusedInQuorum, grain: number, none: boolean): QuorumPart {
  const counted = entries.filter(
    (entry) => (rule.base === 'filled' ? isFilled(entry) : true) && (entry.recused ? recused !== 'left-out' : true),
  );
  const there = counted.filter(
    (entry) => isThere(entry, rule.countProxies) && (entry.recused ? recused === 'counted' : true),
  );
  const [of, present] = [sumOf(counted, rule.unit), sumOf(there, rule.unit)];
  if (none) return { reached: true, needed: 0, present, of };
  const share: Share = rule;
  return { reached: reaches(share, present, of), needed: neededFor(share, of, grain), present, of };
}

/** Whether enough are there for a vote, and how many are enough. */
export function quorumOf(rule: Quorum, register: Register, { secondCall, recused }: QuorumOptions): QuorumResult {
  const none = rule.base === 'none' || secondCall;
  const grain = grainOfRegister(register, rule.unit);
  const part = (entries: Register): QuorumPart => partOf(rule, entries, recused ?? 'absent', grain, none);
  const byCollege = rule.perCollege
    ? collegesOf(register).map((college) => ({
        college,
        ...part(register.filter((entry) => entry.college === college)),
      }))
    : [];
  const all = part(register);
  return {
    ...all,
    // [V10]
    reached: all.reached && byCollege.every(({ reached }) => reached),
    base: rule.base,
    unit: rule.unit,
    countProxies: rule.countProxies,
    secondCall,
    byCollege,
  };
}
