import type { Actor } from '@concert/contract';
import { numbersOf } from '@concert/domain/meetings/agenda.ts';
import { barredItems, recusedFrom, sentOut } from '@concert/domain/meetings/attendance.ts';
import { spentOf } from '@concert/domain/meetings/clock.ts';
import type { MinutesRecord, RecordedPoll } from '@concert/domain/meetings/minutes-record.ts';
import type { Attended, Item } from '@concert/domain/meetings/model.ts';
import type { Choice } from '@concert/domain/polls/api.ts';
import type { ActionGiven } from '../../platform/outcomes.ts';
import { calledIn, type Held, type Parts } from '../parts.ts';
import type { PollRecord } from '../polls/records.ts';
import { voteOf } from '../resolutions.ts';
import { quorumNow } from '../views.ts';

const dated = <Name extends string>(name: Name, value: Date | undefined): { [Key in Name]?: string } =>
  value === undefined ? {} : ({ [name]: value.toISOString() } as { [Key in Name]: string });

type Spell = MinutesRecord['people'][number]['spells'][number];

/** [M14] From when to when somebody was there, by the log; what has no end lasted until the meeting ended. */
function spellsOf(log: readonly Attended[], personId: string): readonly Spell[] {
  const spells: { from: string; to?: string; remote: boolean }[] = [];
  for (const { personId: who, what, at } of log) {
    if (who !== personId) continue;
    const last = spells.at(-1);
    if (last !== undefined && last.to === undefined) {
      if (what !== 'out' && last.remote === (what === 'remote')) continue;
      last.to = at.toISOString();
    }
    if (what !== 'out') spells.push({ from: at.toISOString(), remote: what === 'remote' });
  }
  return spells;
}

/** [M23] Polls whose result was made known, and those that were annulled after it was counted. */
export const isRecorded = ({ state, result }: PollRecord): boolean =>
  result !== undefined && (state === 'published' || state === 'annulled');

type Named = (personId: string | undefined) => string;

/** What somebody chose: keys of lines. Points and orders are told by the option's label and place. */
function chosenOf(choice: Choice, labelOf: (id: string) => string): string[] {
  switch (choice.method) {
    case 'motion':
    case 'consent':
      return [choice.vote];
    case 'choose':
      return choice.options.length === 0 ? ['blank'] : [...choice.options];
    case 'ranked':
      return choice.order.length === 0 ? ['blank'] : [...choice.order];
    default:
      return choice.points.length === 0
        ? ['blank']
        : choice.points.map(({ option, points }) => `${labelOf(option)} (${points})`);
  }
}

function recordedPoll(poll: PollRecord, named: Named): RecordedPoll[] {
  const vote = voteOf(poll);
  if (vote === undefined || poll.result === undefined) return [];
  const labelOf = (id: string): string => poll.options.find((option) => option.id === id)?.label ?? id;
  const { id, itemId, secrecy, byHands, state, annulledReason, result } = poll;
  return [
    {
      ...{ id, itemId, secrecy, byHands, annulled: state === 'annulled', vote },
      ...(annulledReason === undefined ? {} : { annulledReason }),
      ...dated('closedAt', poll.closedAt),
      lines: result.lines.map(({ key, heads, weight, elected = false }) => {
        const label = poll.options.find((option) => option.id === key)?.label;
        return { key, heads, weight, elected, ...(label === undefined ? {} : { label }) };
      }),
      ballots:
        secrecy === 'secret' || byHands
          ? []
          : poll.register.flatMap(({ seatId, holderId }) => {
              const ballot = poll.ballots[seatId];
              if (ballot === undefined) return [];
              const through = holderId !== undefined && holderId !== ballot.personId;
              return [
                {
                  name: named(holderId ?? ballot.personId),
                  ...(through ? { by: named(ballot.personId) } : {}),
                  chosen: chosenOf(ballot.choice, labelOf),
                },
              ];
            }),
    },
  ];
}

function recordedPeople(found: Held, named: Named): MinutesRecord['people'] {
  const { meeting, seats } = found;
  return calledIn(found).map(({ personId, quality }) => {
    const seat = seats.find(({ holder, alternates }) =>
      [holder, ...alternates].some((one) => one?.personId === personId),
    )?.seat;
    const spells = spellsOf(meeting.attendance, personId);
    const excused = meeting.answers.find((one) => one.personId === personId)?.answer === 'excused';
    return {
      name: named(personId),
      ...(seat === undefined || seat.title === '' ? {} : { seat: seat.title }),
      ...(seat?.college === undefined ? {} : { college: seat.college }),
      voting: quality === 'voter' || (quality === 'alternate' && spells.length > 0),
      was: spells.length > 0 ? 'there' : excused ? 'excused' : 'absent',
      spells: [...spells],
    };
  });
}

function recordedItems({ meeting, now }: Held, named: Named): MinutesRecord['items'] {
  const numbers = numbersOf(meeting.agenda);
  const itemOf = (item: Item): MinutesRecord['items'][number] => {
    const recused = recusedFrom(meeting.conflicts, item.id);
    const left = sentOut(meeting.conflicts, item.id);
    const number = numbers.get(item.id);
    return {
      ...{ id: item.id, title: item.title, state: item.state, late: item.late, plannedSec: item.plannedSec },
      ...(number === undefined ? {} : { number }),
      spentMs: Math.round(spentOf(item, now)),
      ...dated('startedAt', item.startedAt),
      ...dated('endedAt', item.endedAt),
      ...(item.presenterId === undefined ? {} : { presenter: named(item.presenterId) }),
      speakers: meeting.speeches
        .filter(({ itemId, state, spentMs }) => itemId === item.id && (state !== 'waiting' || spentMs > 0))
        .map((speech) => ({
          name: named(speech.personId),
          kind: speech.kind,
          ...(speech.stance === undefined ? {} : { stance: speech.stance }),
          spentMs: Math.round(spentOf(speech, now)),
        })),
      recused: [...recused].map((personId) => ({ name: named(personId), left: left.has(personId) })),
      barred: false,
    };
  };
  return meeting.agenda.filter(({ state }) => state !== 'proposed' && state !== 'refused').map(itemOf);
}

const headOf = ({ meeting, body }: Held): MinutesRecord['meeting'] => ({
  ...{ id: meeting.id, title: meeting.title, body: body.name, mode: meeting.mode, timeZone: meeting.timeZone },
  ...(meeting.place === undefined ? {} : { place: meeting.place }),
  ...dated('startAt', meeting.startAt),
  ...dated('openedAt', meeting.openedAt),
  ...dated('endedAt', meeting.endedAt),
});

/** All whose names stand in the record. */
function peopleIn(found: Held, polls: readonly PollRecord[], actions: readonly ActionGiven[]): readonly string[] {
  const { meeting } = found;
  return [
    ...calledIn(found).map(({ personId }) => personId),
    ...meeting.agenda.flatMap(({ presenterId }) => presenterId ?? []),
    ...meeting.speeches.map(({ personId }) => personId),
    ...meeting.conflicts.map(({ personId }) => personId),
    ...found.facts.proxies.flatMap(({ fromId, toId }) => [fromId, toId]),
    ...polls.flatMap(({ register, ballots }) => [
      ...register.flatMap(({ holderId }) => holderId ?? []),
      ...Object.values(ballots).map(({ personId }) => personId),
    ]),
    ...actions.map(({ ownerId }) => ownerId),
  ];
}

/** What earlier meetings left open is what was given before this one ended; one that goes on has not. */
const outcomeOf = ({ platform }: Pick<Parts, 'platform'>, { meeting, now }: Held, reader: Actor | null) =>
  platform.outcomes.ofMeeting(
    { meetingId: meeting.id, bodyId: meeting.bodyId, before: meeting.endedAt ?? now },
    reader,
  );

/** [M71] All that is known of a meeting for its minutes; `reader` may tick what is theirs. Nothing is kept back here. */
export async function recordOf(
  parts: Pick<Parts, 'platform' | 'polls'>,
  found: Held,
  reader: Actor | null,
): Promise<MinutesRecord> {
  const [allPolls, outcome] = await Promise.all([
    parts.polls.ofMeeting(found.meeting.id),
    outcomeOf(parts, found, reader),
  ]);
  const polls = allPolls.filter(isRecorded);
  const { decisions, actions, carried } = outcome;
  const people = await parts.platform.auth.people.byIds([...new Set(peopleIn(found, polls, [...actions, ...carried]))]);
  const named: Named = (personId) => (personId === undefined ? '' : (people.get(personId)?.name ?? ''));
  const actionOf = ({ ownerId, ...action }: ActionGiven) => ({ ...action, owner: named(ownerId) });
  return {
    meeting: headOf(found),
    people: recordedPeople(found, named),
    proxies: found.facts.proxies
      .filter(({ state }) => state === 'accepted')
      .map(({ fromId, toId, itemId }) => ({
        ...{ from: named(fromId), to: named(toId) },
        ...(itemId === undefined ? {} : { itemId }),
      })),
    quorum: quorumNow(found),
    items: recordedItems(found, named),
    polls: polls.flatMap((poll) => recordedPoll(poll, named)),
    decisions: [...decisions],
    actions: actions.map(actionOf),
    carried: carried.map(actionOf),
  };
}

/** What stands in a text as blocks, by what has come of the meeting. */
export async function happenedIn(parts: Parts, found: Held) {
  const [polls, { decisions, actions }] = await Promise.all([
    parts.polls.ofMeeting(found.meeting.id),
    outcomeOf(parts, found, null),
  ]);
  return { polls: polls.filter(isRecorded), decisions, actions };
}

/** [M10] The record without what conflicts of interest keep from a reader: of such an item no more than its number. */
export function withoutBarred(record: MinutesRecord, { meeting }: Held, personId: string): MinutesRecord {
  const barred = barredItems(meeting.conflicts, personId);
  if (barred.size === 0) return record;
  const open = ({ itemId }: { readonly itemId?: string | undefined }): boolean => !barred.has(itemId ?? '');
  return {
    ...record,
    items: record.items.map((item) =>
      barred.has(item.id)
        ? {
            ...{ id: item.id, title: '', state: item.state, late: item.late, plannedSec: 0, spentMs: 0 },
            ...(item.number === undefined ? {} : { number: item.number }),
            ...{ speakers: [], recused: [], barred: true },
          }
        : item,
    ),
    proxies: record.proxies.filter(open),
    polls: record.polls.filter(open),
    decisions: record.decisions.filter(open),
    actions: record.actions.filter(open),
    carried: record.carried.filter(open),
  };
}

/** For who may not read the minutes: which meeting it is, and no more. */
export const emptyRecord = (found: Held): MinutesRecord => ({
  meeting: headOf(found),
  ...{
    people: [],
    proxies: [],
    quorum: quorumNow(found),
    items: [],
    polls: [],
    decisions: [],
    actions: [],
    carried: [],
  },
});
