import { type Actor, Problem } from '@concert/contract';
import { meetingsApi } from '@concert/domain/meetings/api.ts';
import { afterDeclaring, isNotice, mayDeclare } from '@concert/domain/meetings/conflicts.ts';
import type { DeclaredConflict, GivenProxy } from '@concert/domain/meetings/model.ts';
import { answered, takesPart } from '@concert/domain/meetings/people.ts';
import { mayGiveProxy, maySettleProxy } from '@concert/domain/meetings/proxies.ts';
import { isBefore } from '@concert/domain/meetings/states.ts';
import { implement } from '@orpc/server';
import type { Context } from '../../platform/http/route.ts';
import { requireActor } from '../../platform/http/route.ts';
import { settleBars } from '../papers.ts';
import { calledIn, enforce, type Held, meetingParts, mustNotBeOver, type Parts } from '../parts.ts';
import { itemOf } from './agenda.ts';

const MAX_GUESTS = 500;
const MAX_DATES = 40;
/** Proxies that one person gives in one meeting, those taken back included. */
const MAX_OWN_PROXIES = 50;
/** More declarations or proxies than this in one meeting are a program's. */
const MAX_ENTRIES = 2_000;

/** Who comes. */
function comingRoutes(parts: Parts) {
  const { platform } = parts;
  const { auth, outbox } = platform;
  const os = implement(meetingsApi).$context<Context>().use(requireActor);
  const { actingFor, alter, conduct, visible } = meetingParts(parts);
  return {
    answer: os.answer.handler(({ input: { id, answer, personId }, context: { actor } }) =>
      alter(actor, id, (found) => {
        const who = actingFor(actor, found, personId);
        if (!isBefore(found.facts) || found.meeting.state === 'draft')
          throw new Problem('CONFLICT', 'meeting-not-convened');
        return { answers: answered(found.meeting.answers, who, answer, found.now) };
      }),
    ),
    addGuest: os.addGuest.handler(async ({ input: { id, personId }, context: { actor } }) => {
      await visible(actor, id);
      if ((await auth.people.byId(personId)) === null) throw new Problem('NOT_FOUND', 'no-such-person');
      return conduct(actor, id, (found) => {
        mustNotBeOver(found);
        const { guestIds } = found.meeting;
        if (guestIds.length >= MAX_GUESTS) throw new Problem('CONFLICT', 'too-many-guests');
        if (guestIds.includes(personId)) return {};
        const called = outbox.event('meetings.convened', { meetingId: id, what: 'guest', personId }, actor.personId);
        const events = found.meeting.state === 'convened' ? [called] : [];
        return { guestIds: [...guestIds, personId], events };
      });
    }),
    removeGuest: os.removeGuest.handler(({ input: { id, personId }, context: { actor } }) =>
      conduct(actor, id, (found) => {
        mustNotBeOver(found);
        return { guestIds: found.meeting.guestIds.filter((one) => one !== personId) };
      }),
    ),
  };
}

/** Who is represented. */
function proxyRoutes(parts: Parts) {
  const { outbox, ports } = parts.platform;
  const os = implement(meetingsApi).$context<Context>().use(requireActor);
  const { alter } = meetingParts(parts);
  /** Who gave a proxy, or is to hold it, is told what became of it. */
  const told = (actor: Actor, data: { meetingId: string; proxyId: string; as: string }) =>
    outbox.event('meetings.proxy', data, actor.personId);
  return {
    giveProxy: os.giveProxy.handler(({ input: { id, toId, seatId, itemId }, context: { actor } }) =>
      alter(actor, id, (found) => {
        if (itemId !== undefined) itemOf(found, itemId);
        const own = found.seats.filter(({ seat, holder }) => seat.voting && holder?.personId === actor.personId);
        const seat = seatId ?? own[0]?.seat.id ?? '';
        const wanted = { seatId: seat, fromId: actor.personId, toId, ...(itemId === undefined ? {} : { itemId }) };
        enforce(mayGiveProxy(found.facts, found.seats, wanted));
        const given = found.meeting.proxies.filter(({ fromId }) => fromId === actor.personId).length;
        if (found.meeting.proxies.length >= MAX_ENTRIES || given >= MAX_OWN_PROXIES)
          throw new Problem('CONFLICT', 'too-many-proxies');
        const proxy: GivenProxy = { ...wanted, id: ports.newId(), state: 'given', at: found.now };
        const events = [told(actor, { meetingId: id, proxyId: proxy.id, as: 'given' })];
        return { proxies: [...found.meeting.proxies, proxy], events };
      }),
    ),
    settleProxy: os.settleProxy.handler(({ input: { id, proxyId, as }, context: { actor } }) =>
      alter(actor, id, (found) => {
        const proxy = found.meeting.proxies.find((one) => one.id === proxyId);
        if (proxy === undefined) throw new Problem('NOT_FOUND', 'no-such-proxy');
        enforce(maySettleProxy(found.facts, proxy, actor.personId, as));
        const at = found.now;
        const proxies = found.meeting.proxies.map((one) => (one.id === proxyId ? { ...one, state: as, at } : one));
        return { proxies, events: [told(actor, { meetingId: id, proxyId, as })] };
      }),
    ),
  };
}

/** Who is kept out. */
function conflictRoutes(parts: Parts) {
  const { platform, store } = parts;
  const { access, audit, outbox, ports } = platform;
  const os = implement(meetingsApi).$context<Context>().use(requireActor);
  const { alter, conduct, conducting, isCalled } = meetingParts(parts);
  /** [M60] Whose conflict it is: one's own, or anybody's who is called, where one takes part or conducts. */
  const concerned = (actor: Actor, found: Held, personId = actor.personId): string => {
    const own = personId === actor.personId;
    const mayReport = own ? isCalled(found, personId) : takesPart(calledIn(found), actor.personId);
    if (!mayReport && (own || !conducting(actor, found))) throw new Problem('FORBIDDEN', 'not-taking-part');
    if (!isCalled(found, personId)) throw new Problem('NOT_FOUND', 'no-such-person');
    return personId;
  };
  return {
    declareConflict: os.declareConflict.handler(async ({ input, context: { actor } }) => {
      const after = await alter(actor, input.id, (found) => {
        const { itemId, note } = input;
        itemOf(found, itemId);
        const personId = concerned(actor, found, input.personId);
        mustNotBeOver(found);
        const { conflicts } = found.meeting;
        const leads = conducting(actor, found);
        const conflict: DeclaredConflict = {
          ...{ id: ports.newId(), personId, itemId, declaredBy: actor.personId, at: found.now, lifted: false },
          ...(note === undefined || note === '' ? {} : { note }),
          ...(isNotice({ personId, declaredBy: actor.personId }, leads) ? { notice: true } : {}),
        };
        enforce(mayDeclare(conflicts, conflict, leads));
        if (conflicts.length >= MAX_ENTRIES) throw new Problem('CONFLICT', 'too-busy');
        return { conflicts: afterDeclaring(conflicts, conflict) };
      });
      // It may keep somebody else out of a vote: who did that is written down.
      if (input.personId !== undefined && input.personId !== actor.personId)
        await audit.record({
          ...{ event: 'meetings.conflict-declared', actorId: actor.personId, credentialId: actor.credentialId },
          subject: { kind: 'meeting', id: input.id },
          data: { personId: input.personId, itemId: input.itemId },
        });
      return after;
    }),
    assessConflict: os.assessConflict.handler(async ({ input: { id, conflictId, as }, context: { actor } }) => {
      const after = await conduct(actor, id, (found) => {
        if (as !== 'lifted') mustNotBeOver(found);
        const conflict = found.meeting.conflicts.find((one) => one.id === conflictId);
        if (conflict === undefined) throw new Problem('NOT_FOUND', 'no-such-conflict');
        // [M10] Nobody judges their own.
        if (conflict.personId === actor.personId) throw new Problem('FORBIDDEN', 'own-conflict');
        // Who is in the register of a vote that is under way votes in it: nobody is kept out meanwhile [M20].
        if (found.meeting.openPollIds.length > 0 && conflict.itemId === found.meeting.currentItemId)
          throw new Problem('CONFLICT', 'open-poll');
        const settled = as === 'lifted' ? { lifted: true } : { assessment: as, lifted: false };
        return {
          conflicts: found.meeting.conflicts.map((one) => (one.id === conflictId ? { ...one, ...settled } : one)),
          events: [
            outbox.event('meetings.papers-concerned', { meetingId: id }, actor.personId),
            outbox.event('meetings.conflict-assessed', { meetingId: id, conflictId }, actor.personId),
          ],
        };
      });
      const meeting = await store.get(id);
      if (meeting !== null) await settleBars(parts, meeting);
      await audit.record({
        ...{ event: 'meetings.conflict-assessed', actorId: actor.personId, credentialId: actor.credentialId },
        subject: { kind: 'meeting', id },
        data: { conflictId, as },
      });
      const conflict = after.conflicts.find((one) => one.id === conflictId);
      if (conflict !== undefined) await access.changed({ personId: conflict.personId });
      return after;
    }),
  };
}

/** Finding a date. */
function dateRoutes(parts: Parts) {
  const { ports } = parts.platform;
  const os = implement(meetingsApi).$context<Context>().use(requireActor);
  const { alter, conduct, isCalled } = meetingParts(parts);
  return {
    proposeDates: os.proposeDates.handler(({ input: { id, options }, context: { actor } }) =>
      conduct(actor, id, (found) => {
        const { meeting } = found;
        if (meeting.state !== 'draft' && meeting.state !== 'postponed')
          throw new Problem('CONFLICT', 'meeting-not-draft');
        const added = options.map(({ startAt, endAt }) => ({
          ...{ id: ports.newId(), startAt: new Date(startAt), endAt: new Date(endAt), answers: [] },
        }));
        if (added.some(({ startAt, endAt }) => endAt <= startAt))
          throw new Problem('BAD_REQUEST', 'ends-before-it-begins');
        const all = [...meeting.dateOptions, ...added].toSorted((a, b) => a.startAt.getTime() - b.startAt.getTime());
        if (all.length > MAX_DATES) throw new Problem('CONFLICT', 'too-many-dates');
        return { dateOptions: all };
      }),
    ),
    removeDate: os.removeDate.handler(({ input: { id, optionId }, context: { actor } }) =>
      conduct(actor, id, ({ meeting }) => {
        if (!meeting.dateOptions.some((one) => one.id === optionId)) throw new Problem('NOT_FOUND', 'no-such-option');
        return { dateOptions: meeting.dateOptions.filter((one) => one.id !== optionId) };
      }),
    ),
    answerDates: os.answerDates.handler(({ input: { id, answers }, context: { actor } }) =>
      alter(actor, id, (found) => {
        if (!isCalled(found, actor.personId)) throw new Problem('FORBIDDEN', 'not-taking-part');
        const { dateOptions } = found.meeting;
        const wanted = new Map(answers.map(({ optionId, answer }) => [optionId, answer]));
        for (const optionId of wanted.keys())
          if (!dateOptions.some((one) => one.id === optionId)) throw new Problem('NOT_FOUND', 'no-such-option');
        return {
          dateOptions: dateOptions.map((option) => {
            const answer = wanted.get(option.id);
            if (answer === undefined) return option;
            const others = option.answers.filter(({ personId }) => personId !== actor.personId);
            return { ...option, answers: [...others, { personId: actor.personId, answer }] };
          }),
        };
      }),
    ),
    chooseDate: os.chooseDate.handler(({ input: { id, optionId }, context: { actor } }) =>
      conduct(actor, id, ({ meeting }) => {
        const option = meeting.dateOptions.find((one) => one.id === optionId);
        if (option === undefined) throw new Problem('NOT_FOUND', 'no-such-option');
        if (meeting.state !== 'draft' && meeting.state !== 'postponed')
          throw new Problem('CONFLICT', 'meeting-not-draft');
        const { startAt, endAt } = option;
        return { startAt, endAt, sortAt: startAt };
      }),
    ),
  };
}

export const peopleRoutes = (parts: Parts) => ({
  ...comingRoutes(parts),
  ...proxyRoutes(parts),
  ...conflictRoutes(parts),
  ...dateRoutes(parts),
});
