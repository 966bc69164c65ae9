import { Id, Instant } from '@concert/contract';
import { z } from 'zod';
import { CalledVote } from '../polls/called.ts';
import { QuorumNow, SpeechKind, STANCES } from './shapes.ts';

/**
 * [M71] What the platform itself writes into minutes. A text holds only where such a block stands and what it is about; what
 * it says is told from the meeting, for each reader, and kept with its hash once the minutes are submitted.
 */
export const RECORD_PARTS = ['attendance', 'item', 'poll', 'decision', 'action', 'carried'] as const;
export const RecordPart = z.enum(RECORD_PARTS);
export type RecordPart = z.infer<typeof RecordPart>;

/** A stretch of time in which somebody was there; without an end until the meeting ended. */
const Spell = z.object({ from: Instant, to: Instant.optional(), remote: z.boolean() });

const RecordedPerson = z.object({
  name: z.string(),
  seat: z.string().optional(),
  college: z.string().optional(),
  /** Called without a vote: observers, guests, the secretariat. */
  voting: z.boolean(),
  was: z.enum(['there', 'excused', 'absent']),
  spells: z.array(Spell),
});

const RecordedItem = z.object({
  id: Id,
  number: z.string().optional(),
  title: z.string(),
  state: z.string(),
  late: z.boolean(),
  plannedSec: z.number().int(),
  spentMs: z.number().int(),
  startedAt: Instant.optional(),
  endedAt: Instant.optional(),
  presenter: z.string().optional(),
  speakers: z.array(
    z.object({
      name: z.string(),
      kind: SpeechKind,
      stance: z.enum(STANCES).optional(),
      spentMs: z.number().int(),
    }),
  ),
  /** Who took no part for a conflict of interest. */
  recused: z.array(z.object({ name: z.string(), left: z.boolean() })),
  /** Kept from the reader by a conflict of interest: nothing but that it is there. */
  barred: z.boolean(),
});

const RecordedPoll = z.object({
  id: Id,
  itemId: Id,
  secrecy: z.enum(['named-live', 'named-after', 'secret']),
  byHands: z.boolean(),
  annulled: z.boolean(),
  annulledReason: z.string().optional(),
  closedAt: Instant.optional(),
  vote: CalledVote,
  /** What could be chosen, with what it got; `key` is `yes`, `no`, … or the id of an option. */
  lines: z.array(
    z.object({
      key: z.string(),
      label: z.string().optional(),
      heads: z.number().int(),
      weight: z.number().int(),
      elected: z.boolean(),
    }),
  ),
  /** Of a named poll: who chose what. `by`: who voted for them. */
  ballots: z.array(z.object({ name: z.string(), by: z.string().optional(), chosen: z.array(z.string()) })),
});

const RecordedDecision = z.object({
  id: Id,
  itemId: Id.optional(),
  number: z.string(),
  title: z.string(),
  text: z.string(),
  result: z.enum(['adopted', 'rejected']),
  annulled: z.boolean(),
});

const RecordedAction = z.object({
  id: Id,
  itemId: Id.optional(),
  title: z.string(),
  owner: z.string(),
  dueOn: z.iso.date().optional(),
  state: z.enum(['open', 'in-progress', 'done', 'verified', 'cancelled']),
  /** What the reader may tick, or take the tick away from. */
  ticks: z.boolean(),
});

/** All that the blocks of a meeting's minutes say. */
export const MinutesRecord = z.object({
  meeting: z.object({
    id: Id,
    title: z.string(),
    body: z.string(),
    mode: z.enum(['room', 'remote', 'hybrid', 'written']),
    place: z.string().optional(),
    timeZone: z.string(),
    startAt: Instant.optional(),
    openedAt: Instant.optional(),
    endedAt: Instant.optional(),
  }),
  people: z.array(RecordedPerson),
  proxies: z.array(z.object({ from: z.string(), to: z.string(), itemId: Id.optional() })),
  quorum: QuorumNow,
  items: z.array(RecordedItem),
  polls: z.array(RecordedPoll),
  decisions: z.array(RecordedDecision),
  actions: z.array(RecordedAction),
  /** What earlier meetings of the body have left open. */
  carried: z.array(RecordedAction),
});
export type MinutesRecord = z.infer<typeof MinutesRecord>;
export type RecordedItem = z.infer<typeof RecordedItem>;
export type RecordedPoll = z.infer<typeof RecordedPoll>;
export type RecordedAction = z.infer<typeof RecordedAction>;

/** A block: what part of the record, and of what. */
export type RecordRef = { readonly part: RecordPart; readonly ref: string };
