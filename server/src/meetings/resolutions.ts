import { barredItems } from '@concert/domain/meetings/attendance.ts';
import { MajorityBase, Unit } from '@concert/domain/polls/api.ts';
import type { CalledVote } from '@concert/domain/polls/called.ts';
import { electorate } from '@concert/domain/polls/register.ts';
import { votesOn } from '@concert/domain/polls/tally.ts';
import type { ItemFacts, Resolution, Resolutions } from '../platform/resolutions.ts';
import type { Parts } from './parts.ts';
import type { PollRecord } from './polls/records.ts';
import type { MeetingRecord } from './records.ts';

function itemFacts({ id, bodyId, title, agenda, workspaceId }: MeetingRecord, itemId: string): ItemFacts | null {
  const item = agenda.find((one) => one.id === itemId);
  if (item === undefined) return null;
  const { title: itemTitle, papers } = item;
  const facts = { bodyId, meetingId: id, meetingTitle: title, itemId, itemTitle, papers };
  return workspaceId === undefined ? facts : { ...facts, workspaceId };
}

/** What a poll has come to, once it is counted. */
export function voteOf(poll: PollRecord): CalledVote | undefined {
  const { question, method, majority, result, options, register } = poll;
  if (result === undefined) return undefined;
  const { outcome, settledBy = 'none', checks, lines, cast, elected } = result;
  return {
    ...{ question, method, majority, outcome, settledBy },
    checks: checks.map(({ base, unit, ...check }) => ({
      ...check,
      base: MajorityBase.parse(base),
      unit: Unit.parse(unit),
    })),
    votes: votesOn(lines, method === 'consent' ? 'heads' : majority.unit),
    turnout: { cast: cast.heads, of: electorate(register).length },
    elected: elected.map((id) => options.find((option) => option.id === id)?.label ?? id),
  };
}

/** What was voted on in meetings, for the register of what was decided. */
export function createResolutions({ store, polls }: Pick<Parts, 'store' | 'polls'>): Resolutions {
  return {
    of: async (pollIds) => {
      const found = await polls.getAll(pollIds);
      const meetings = new Map(
        (await store.getAll(found.map(({ meetingId }) => meetingId))).map((one) => [one.id, one]),
      );
      return new Map(
        found.flatMap((poll): [string, Resolution][] => {
          const meeting = meetings.get(poll.meetingId);
          const item = meeting === undefined ? null : itemFacts(meeting, poll.itemId);
          if (item === null) return [];
          // [M23] Once it was made known.
          const vote = poll.state === 'published' ? voteOf(poll) : undefined;
          const resolution: Resolution = {
            ...item,
            ...{ pollId: poll.id, published: poll.state === 'published', annulled: poll.state === 'annulled' },
            ...(vote === undefined ? {} : { vote }),
            ...(poll.closedAt === undefined ? {} : { closedAt: poll.closedAt }),
          };
          return [[poll.id, resolution]];
        }),
      );
    },
    item: async (meetingId, itemId) => {
      const meeting = await store.get(meetingId);
      return meeting === null ? null : itemFacts(meeting, itemId);
    },
    barredFrom: async (personId, meetingIds) =>
      new Set((await store.getAll(meetingIds)).flatMap(({ conflicts }) => [...barredItems(conflicts, personId)])),
  };
}
