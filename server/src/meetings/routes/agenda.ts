import { type Actor, Problem } from '@concert/contract';
import { moved } from '@concert/domain/meetings/agenda.ts';
import { meetingsApi } from '@concert/domain/meetings/api.ts';
import type { Item } from '@concert/domain/meetings/model.ts';
import { isFrozen } from '@concert/domain/meetings/states.ts';
import { implement } from '@orpc/server';
import type { Context } from '../../platform/http/route.ts';
import { requireActor } from '../../platform/http/route.ts';
import { denialOf, settleBars } from '../papers.ts';
import { type Held, meetingParts, mustNotBeOver, type Parts } from '../parts.ts';
import type { MeetingChange } from '../store.ts';

/** More than a meeting of several days has. */
const MAX_ITEMS = 300;
/** The rest is for who conducts, so that proposals do not fill the agenda. */
const MAX_PROPOSED = 200;
/** Proposals of one person. */
const MAX_OWN = 20;
const MAX_PAPERS = 50;

export const itemOf = ({ meeting }: Held, itemId: string): Item => {
  const item = meeting.agenda.find(({ id }) => id === itemId);
  if (item === undefined) throw new Problem('NOT_FOUND', 'no-such-item');
  return item;
};

const SETTLED_FROM: Readonly<Record<string, ReadonlySet<string>>> = {
  scheduled: new Set(['proposed', 'refused', 'withdrawn', 'deferred']),
  refused: new Set(['proposed']),
  withdrawn: new Set(['proposed', 'scheduled', 'paused', 'deferred']),
  deferred: new Set(['scheduled', 'paused']),
};

const changedItem = ({ meeting }: Held, itemId: string, change: (item: Item) => Item): MeetingChange => ({
  agenda: meeting.agenda.map((item) => (item.id === itemId ? change(item) : item)),
});

/** [M6] A late item where the rules let the chair take it, or where the body has voted for it with two thirds. */
function mustAllowLate(found: Held, item: Pick<Item, 'id' | 'late'>, votedFor: ReadonlySet<string>): void {
  const { lateItems } = found.facts.rules;
  if (!item.late || lateItems === 'chair') return;
  if (lateItems === 'no' || !votedFor.has(item.id)) throw new Problem('CONFLICT', 'late-items-not-allowed');
}

/**
 * [M73] The minutes that a body is to approve in a meeting, as a paper: submitted ones of an earlier meeting of the body.
 * @throws Problem NOT_FOUND `no-such-minutes`
 */
async function waitingMinutes(
  parts: Parts,
  actor: Actor,
  later: Held,
  meetingId: string,
): Promise<Item['papers'][number]> {
  const { visible, mustConduct } = meetingParts(parts);
  mustConduct(actor, later);
  const { meeting } = await visible(actor, meetingId);
  const { minutes } = meeting;
  const reads =
    minutes !== undefined &&
    (await parts.platform.access.standing(actor, { kind: 'document', id: minutes.documentId })) !== null;
  const submitted = minutes?.state === 'submitted' ? minutes.submitted : undefined;
  if (!reads || submitted === undefined || meeting.bodyId !== later.meeting.bodyId || meetingId === later.meeting.id)
    throw new Problem('NOT_FOUND', 'no-such-minutes');
  return { documentId: minutes.documentId, versionId: submitted.versionId, hash: submitted.hash };
}

/** Items: [M7] who takes part proposes, who conducts decides. */
function itemRoutes(parts: Parts) {
  const { platform, polls } = parts;
  const { auth, outbox, ports } = platform;
  const os = implement(meetingsApi).$context<Context>().use(requireActor);
  const { alter, conduct, conducting, isCalled, mustConduct, visible } = meetingParts(parts);
  const mustBePerson = async (id: string | null | undefined): Promise<void> => {
    if (typeof id === 'string' && (await auth.people.byId(id)) === null)
      throw new Problem('NOT_FOUND', 'no-such-person');
  };
  return {
    addItem: os.addItem.handler(async ({ input, context: { actor } }) => {
      const { id, title, note = '', plannedSec = 600, presenterId, minutesOf } = input;
      const { kind = minutesOf === undefined ? 'discussion' : 'decision' } = input;
      const before = await visible(actor, id);
      await mustBePerson(presenterId);
      const papers = minutesOf === undefined ? [] : [await waitingMinutes(parts, actor, before, minutesOf)];
      return alter(actor, id, (found) => {
        const leads = conducting(actor, found);
        if (!leads && !isCalled(found, actor.personId)) throw new Problem('FORBIDDEN', 'not-taking-part');
        mustNotBeOver(found);
        if (minutesOf !== undefined) mustConduct(actor, found);
        const { agenda } = found.meeting;
        const own = agenda.filter(({ proposedBy }) => proposedBy === actor.personId).length;
        if (minutesOf !== undefined && agenda.some((one) => one.minutesOf === minutesOf))
          throw new Problem('CONFLICT', 'minutes-on-the-agenda');
        if (agenda.length >= (leads ? MAX_ITEMS : MAX_PROPOSED) || (!leads && own >= MAX_OWN))
          throw new Problem('CONFLICT', 'agenda-full');
        const late = isFrozen(found.facts, found.now);
        const { lateItems } = found.facts.rules;
        if (late && lateItems === 'no') throw new Problem('CONFLICT', 'late-items-not-allowed');
        const state = leads && !(late && lateItems === 'two-thirds') ? 'scheduled' : 'proposed';
        const item: Item = {
          ...{ id: ports.newId(), title, note, kind, state, late, plannedSec, proposedBy: actor.personId },
          ...(presenterId === undefined ? {} : { presenterId }),
          ...{ papers, spentMs: 0, queueOpen: true },
          ...(minutesOf === undefined ? {} : { minutesOf }),
        };
        return { agenda: [...agenda, item] };
      });
    }),
    changeItem: os.changeItem.handler(async ({ input, context: { actor } }) => {
      const { id, itemId, before, presenterId, ...change } = input;
      await visible(actor, id);
      await mustBePerson(presenterId);
      return alter(actor, id, (found) => {
        const item = itemOf(found, itemId);
        mustNotBeOver(found);
        // Who proposed an item may still word it, as long as nobody has decided on it.
        const own = item.state === 'proposed' && item.proposedBy === actor.personId;
        const leads = conducting(actor, found);
        if (!leads && !(own && before === undefined && change.queueOpen === undefined))
          throw new Problem('FORBIDDEN', 'not-a-conductor');
        if (typeof before === 'string') itemOf(found, before);
        const fields = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
        const { presenterId: presented, ...rest } = item;
        const presenter = presenterId === undefined ? presented : (presenterId ?? undefined);
        const after: Item = { ...rest, ...fields, ...(presenter === undefined ? {} : { presenterId: presenter }) };
        const agenda = found.meeting.agenda.map((one) => (one.id === itemId ? after : one));
        return { agenda: before === undefined ? agenda : moved(agenda, itemId, before) };
      });
    }),
    settleItem: os.settleItem.handler(async ({ input: { id, itemId, as }, context: { actor } }) => {
      await visible(actor, id);
      const votedFor = await polls.itemsAdopted(id);
      return alter(actor, id, (found) => {
        const item = itemOf(found, itemId);
        // Who proposed an item may take the proposal back.
        const own = as === 'withdrawn' && item.state === 'proposed' && item.proposedBy === actor.personId;
        if (!own) mustConduct(actor, found);
        mustNotBeOver(found);
        if (!SETTLED_FROM[as]?.has(item.state)) throw new Problem('CONFLICT', 'item-dealt-with');
        if (as === 'scheduled') mustAllowLate(found, item, votedFor);
        // Who proposed it is told what became of it.
        const events =
          item.state === 'proposed' && !own
            ? [outbox.event('meetings.item-settled', { meetingId: id, itemId, as }, actor.personId)]
            : [];
        return { ...changedItem(found, itemId, (one) => ({ ...one, state: as })), events };
      });
    }),
    removeItem: os.removeItem.handler(({ input: { id, itemId }, context: { actor } }) =>
      conduct(actor, id, (found) => {
        itemOf(found, itemId);
        // What was sent with a convocation is withdrawn, not removed: people have read it.
        if (found.meeting.state !== 'draft') throw new Problem('CONFLICT', 'meeting-not-draft');
        return { agenda: found.meeting.agenda.filter((one) => one.id !== itemId) };
      }),
    ),
  };
}

/** Documents that belong to items. */
function paperRoutes(parts: Parts) {
  const { platform, store } = parts;
  const { access, outbox, papers } = platform;
  const os = implement(meetingsApi).$context<Context>().use(requireActor);
  const { conduct, mustConduct, visible } = meetingParts(parts);
  const mustReadPaper = async (actor: Actor, id: string): Promise<void> => {
    if ((await access.standing(actor, { kind: 'document', id })) === null)
      throw new Problem('NOT_FOUND', 'no-such-document');
  };
  return {
    addPaper: os.addPaper.handler(async ({ input: { id, itemId, documentId }, context: { actor } }) => {
      const before = await visible(actor, id);
      mustConduct(actor, before);
      mustNotBeOver(before);
      if (itemOf(before, itemId).papers.length >= MAX_PAPERS) throw new Problem('CONFLICT', 'too-many-papers');
      await mustReadPaper(actor, documentId);
      const version = await freezeLate(parts, actor, id, documentId);
      const after = await conduct(actor, id, (found) => {
        mustNotBeOver(found);
        const { papers: known } = itemOf(found, itemId);
        if (known.some((one) => one.documentId === documentId)) return {};
        if (known.length >= MAX_PAPERS) throw new Problem('CONFLICT', 'too-many-papers');
        return {
          ...changedItem(found, itemId, (one) => ({ ...one, papers: [...known, { documentId, ...version }] })),
          events: [outbox.event('meetings.papers-concerned', { meetingId: id }, actor.personId)],
        };
      });
      const meeting = await store.get(id);
      if (meeting !== null) await settleBars(parts, meeting);
      return after;
    }),
    removePaper: os.removePaper.handler(async ({ input: { id, itemId, documentId }, context: { actor } }) => {
      const after = await conduct(actor, id, (found) => {
        itemOf(found, itemId);
        if (found.meeting.state !== 'draft' && found.meeting.state !== 'postponed')
          throw new Problem('CONFLICT', 'agenda-frozen');
        return changedItem(found, itemId, (one) => ({
          ...one,
          papers: one.papers.filter((paper) => paper.documentId !== documentId),
        }));
      });
      for (const conflict of after.conflicts.filter((one) => one.itemId === itemId))
        await papers.giveBack(documentId, { id: denialOf(conflict), personId: conflict.personId });
      return after;
    }),
  };
}

/** [M4] A paper that is added after the convocation is frozen when it is added. */
async function freezeLate(parts: Parts, actor: Actor, id: string, documentId: string): Promise<object> {
  const meeting = await parts.store.get(id);
  if (meeting === null || meeting.state === 'draft' || meeting.state === 'postponed') return {};
  return (await parts.platform.papers.freeze(documentId, actor.personId, meeting.title)) ?? {};
}

export const agendaRoutes = (parts: Parts) => ({ ...itemRoutes(parts), ...paperRoutes(parts) });
