import type { RuleSet } from '@concert/domain/governance/rule-set.ts';
import type { Poll } from '@concert/domain/meetings/polls-api.ts';
import {
  type BallotLimits,
  MAX_OPTIONS,
  type Majority,
  type PollMethod,
  type Secrecy,
} from '@concert/domain/polls/api.ts';

/** By which majority: those of the body's rules, between options the most votes, or the one that the poll has already. */
export type MajorityChoice = 'ordinary' | 'qualified' | 'relative' | 'kept';

/** What a form says of a poll, as it is typed. */
export type PollValues = {
  question: string;
  method: PollMethod;
  /** One option a line. */
  options: string;
  min: number | '';
  max: number | '';
  perOption: number | '';
  seats: number | '';
  secrecy: Secrecy;
  majority: MajorityChoice;
  byHands: boolean;
};

export const EMPTY_POLL: PollValues = {
  question: '',
  method: 'motion',
  options: '',
  min: '',
  max: '',
  perOption: '',
  seats: '',
  secrecy: 'named-after',
  majority: 'ordinary',
  byHands: false,
};

type Limit = 'min' | 'max' | 'perOption' | 'seats';

/** Which limits each method knows. */
export const LIMITS: Readonly<Record<PollMethod, readonly Limit[]>> = {
  motion: [],
  consent: [],
  choose: ['min', 'max', 'seats'],
  score: ['perOption', 'seats'],
  dots: ['max', 'perOption', 'seats'],
  ranked: ['seats'],
};

export const hasOptions = (method: PollMethod): boolean => method !== 'motion' && method !== 'consent';

/** Hands are counted where each of them says one thing. */
export const takesHands = (method: PollMethod): boolean => method === 'motion' || method === 'choose';

/** The options of a poll, one a line: no empty ones, none twice. */
export const optionsOf = (text: string): readonly string[] => [
  ...new Set(
    text
      .split('\n')
      .map((line) => line.trim())
      .filter(Boolean),
  ),
];

export type OptionFault = 'few' | 'many' | 'long';

export function optionFault({ method, options }: Pick<PollValues, 'method' | 'options'>): OptionFault | undefined {
  if (!hasOptions(method)) return undefined;
  const labels = optionsOf(options);
  if (labels.length < 2) return 'few';
  if (labels.length > MAX_OPTIONS) return 'many';
  return labels.some((label) => label.length > 300) ? 'long' : undefined;
}

/** Whether the fewest are more than the most. */
export const limitFault = ({ method, min, max }: Pick<PollValues, 'method' | 'min' | 'max'>): boolean =>
  method === 'choose' && min !== '' && max !== '' && min > max;

function limitsOf(values: PollValues): BallotLimits {
  const set = LIMITS[values.method].flatMap((name) => (values[name] === '' ? [] : [[name, values[name]] as const]));
  return Object.fromEntries(set);
}

/** The majority that a poll has, as the server is asked for it. */
function keptOf(before: Pick<Poll, 'majority'> | undefined) {
  if (before === undefined) return 'ordinary' as const;
  const { relative, ...own } = before.majority;
  return relative ? ('relative' as const) : own;
}

/** What the server is asked for. */
export function pollInput(values: PollValues, before?: Pick<Poll, 'options' | 'majority'>) {
  const { question, method, majority, secrecy } = values;
  const byHands = values.byHands && takesHands(method);
  const known = new Map((before?.options ?? []).map(({ id, label }) => [label, id]));
  const options = hasOptions(method)
    ? optionsOf(values.options).map((label) => {
        const id = known.get(label);
        return { label, ...(id ? { id } : {}) };
      })
    : [];
  return {
    question: question.trim(),
    options,
    limits: limitsOf(values),
    // Hands are seen by everybody in the room.
    secrecy: byHands ? ('named-live' as const) : secrecy,
    majority: majority === 'kept' ? keptOf(before) : majority,
    byHands,
  };
}

const MAJORITIES = ['ordinary', 'qualified'] as const;

/** What a form turns to with another way to vote: between options the most votes win, until somebody says otherwise [V28]. */
export function withMethod({ method: before, majority }: PollValues, method: PollMethod): Partial<PollValues> {
  if (method === before) return {};
  if (method === 'choose') return { method, majority: 'relative' };
  return { method, majority: majority === 'relative' ? 'ordinary' : majority };
}

const same = (one: Majority, other: Majority): boolean =>
  (Object.keys(one) as (keyof Majority)[]).every((key) => one[key] === other[key]);

/** A prepared poll as the form shows it. */
export function valuesOf(poll: Poll, { majorities }: Pick<RuleSet, 'majorities'>): PollValues {
  const { limits } = poll;
  const { relative, ...own } = poll.majority;
  const named = relative ? 'relative' : MAJORITIES.find((name) => same(majorities[name], own));
  return {
    question: poll.question,
    method: poll.method,
    options: poll.options.map(({ label }) => label).join('\n'),
    min: limits.min ?? '',
    max: limits.max ?? '',
    perOption: limits.perOption ?? '',
    seats: limits.seats ?? '',
    secrecy: poll.secrecy,
    majority: named ?? 'kept',
    byHands: poll.byHands,
  };
}

/** The second round of an election: the same poll between those who are left. */
export function runoffOf(poll: Poll, rules: Pick<RuleSet, 'majorities'>): PollValues {
  const left = new Set(poll.result?.runoff ?? []);
  const options = poll.options.filter(({ id }) => left.has(id)).map(({ label }) => label);
  return { ...valuesOf(poll, rules), options: options.join('\n') };
}
