import { type Actor, Problem } from '@concert/contract';
import { isClosed, isToDo, mayMove } from '@concert/domain/decisions/actions.ts';
import { type ActionState, actionsApi } from '@concert/domain/decisions/actions-api.ts';
import { conducts } from '@concert/domain/governance/conducting.ts';
import { isRunning } from '@concert/domain/governance/mandates.ts';
import { implement } from '@orpc/server';
import type { BodyFacts } from '../../platform/bodies.ts';
import { readNameCursor, writeNameCursor } from '../../platform/http/cursor.ts';
import type { Context } from '../../platform/http/route.ts';
import { requireActor } from '../../platform/http/route.ts';
import { readerOf } from '../../platform/rule-answers.ts';
import { decisionParts, enforce, notFound, type Parts } from '../parts.ts';
import { FOUND_ACTIONS } from '../searching.ts';
import { type ActionRecord, NO_DAY } from './records.ts';
import { type SeenAction, seenActions } from './seen.ts';
import { ACTIONS, type ActionStore } from './store.ts';
import { actionViews } from './views.ts';

const keyOf = (dueOn: string | undefined) => ({ dueOn, dueKey: dueOn ?? NO_DAY });

/** [AI4] Looking up action items. */
function lookingUp(parts: Parts, actions: ActionStore) {
  const { bodies, live, outbox, outcomes, ports, resolutions, search } = parts.platform;
  const isHere = ({ mandates }: BodyFacts, personId: string): boolean =>
    mandates.some((one) => one.personId === personId && isRunning(one, ports.now()));
  const acts = (actor: Actor, body: BodyFacts): boolean => conducts(body, readerOf(actor), ports.now());
  /** [AI4] What a conflict of interest keeps from somebody, unless it is theirs to do. */
  const unbarred = async (actor: Actor, found: readonly ActionRecord[]): Promise<readonly ActionRecord[]> => {
    const meetings = found.flatMap(({ about }) => about?.meetingId ?? []);
    const barred = await resolutions.barredFrom(actor.personId, meetings);
    return found.filter(({ about, ownerId }) => ownerId === actor.personId || !barred.has(about?.itemId ?? ''));
  };
  const visible = async (actor: Actor, id: string): Promise<SeenAction> => {
    const [found] = await seenActions(parts.platform, actor, await actions.getAll([id]));
    if (found === undefined) throw notFound();
    return found;
  };
  /** The bodies whose action items somebody sees. */
  const seenOf = async (actor: Actor): Promise<readonly string[]> => {
    const keeps = actor.platformRole === 'administrator' || actor.platformRole === 'secretariat';
    const all = keeps ? await bodies.all() : await bodies.ofPerson(actor.personId);
    return all.filter((body) => acts(actor, body) || isHere(body, actor.personId)).map(({ id }) => id);
  };
  const answered = async (actor: Actor, action: ActionRecord, body: BodyFacts) => {
    outbox.wake(ACTIONS);
    search.changed(FOUND_ACTIONS, [action.id]);
    const people = new Set([action.ownerId, ...body.mandates.map(({ personId }) => personId)]);
    if (action.about !== undefined) outcomes.changed(action.about.meetingId);
    live.toBody({ personIds: [...people], members: false }, 'actions.changed', {
      bodyId: body.id,
      actionId: action.id,
    });
    const [view] = await actionViews(parts, [action], actor);
    if (view === undefined) throw notFound();
    return view;
  };
  return { acts, answered, isHere, seenOf, unbarred, visible };
}

/** [AI1] From what an action item comes, and who is to do it. */
function giving(parts: Parts) {
  const { auth, resolutions } = parts.platform;
  const { visible } = decisionParts(parts);
  const mustBeAbleToOwn = async (ownerId: string, body: BodyFacts): Promise<void> => {
    const owner = await auth.people.byId(ownerId);
    const mandated = body.mandates.some(({ personId }) => personId === ownerId);
    if (owner === null || owner.suspended || (owner.platformRole === 'guest' && !mandated))
      throw new Problem('NOT_FOUND', 'no-such-person');
  };
  type From = { decisionId?: string | undefined; meetingId?: string | undefined; itemId?: string | undefined };
  const sourceOf = async (
    actor: Actor,
    { decisionId, meetingId, itemId }: From,
    body: BodyFacts,
  ): Promise<Pick<ActionRecord, 'decisionId' | 'about'>> => {
    if (decisionId !== undefined) {
      const { decision } = await visible(actor, decisionId);
      if (decision.bodyId !== body.id) throw new Problem('NOT_FOUND', 'no-such-decision');
      const { meeting } = decision;
      if (meeting === undefined) return { decisionId };
      const { id, title: meetingTitle, ...item } = meeting;
      return { decisionId, about: { meetingId: id, meetingTitle, ...item } };
    }
    if (meetingId === undefined || itemId === undefined) return {};
    const item = await resolutions.item(meetingId, itemId);
    const barred = await resolutions.barredFrom(actor.personId, [meetingId]);
    if (item === null || item.bodyId !== body.id || barred.has(itemId)) throw new Problem('NOT_FOUND', 'no-such-item');
    const { meetingTitle, itemTitle } = item;
    return { about: { meetingId, meetingTitle, itemId, itemTitle } };
  };
  return { mustBeAbleToOwn, sourceOf };
}

/** Action items: given, worded anew, done, seen to be done. */
export function actionRoutes(parts: Parts, actions: ActionStore) {
  const { ports } = parts.platform;
  const os = implement(actionsApi).$context<Context>().use(requireActor);
  const { conducted, known } = decisionParts(parts);
  const { acts, answered, seenOf, unbarred, visible } = lookingUp(parts, actions);
  const { mustBeAbleToOwn, sourceOf } = giving(parts);
  const { outbox } = parts.platform;
  const given = ({ personId }: Actor, { id: actionId, ownerId }: Pick<ActionRecord, 'id' | 'ownerId'>, from?: string) =>
    outbox.event('actions.given', { actionId, ownerId, ...(from === undefined ? {} : { from }) }, personId);
  const settled = ({ personId }: Actor, { id: actionId, dueOn, ownerId }: ActionRecord) =>
    dueOn === undefined ? [] : [outbox.event('actions.settled', { actionId, dueOn, ownerId }, personId)];
  const moved = (actor: Actor, action: ActionRecord, to: ActionState) => [
    ...(to === 'done' ? [outbox.event('actions.done', { actionId: action.id }, actor.personId)] : []),
    ...(isClosed(to) ? [outbox.event('actions.closed', { actionId: action.id }, actor.personId)] : []),
    ...(isToDo(to) ? [] : settled(actor, action)),
  ];
  return {
    list: os.list.handler(async ({ input, context: { actor } }) => {
      const { mine = false, bodyId, decisionId, closed = false, limit, cursor } = input;
      if (bodyId !== undefined && (await known(actor, bodyId)) === undefined) throw notFound();
      if (decisionId !== undefined) await decisionParts(parts).visible(actor, decisionId);
      const wanted = { seenOf: mine ? [] : await seenOf(actor), ownerId: actor.personId, bodyId, decisionId, closed };
      const after = cursor === undefined ? undefined : readNameCursor(cursor);
      const found = await actions.list(wanted, { after, limit });
      const page = found.slice(0, limit);
      const last = page.at(-1);
      const more = found.length > limit && last !== undefined;
      return {
        items: await actionViews(parts, await unbarred(actor, page), actor),
        ...(more ? { next: writeNameCursor({ name: last.dueKey, id: last.id }) } : {}),
      };
    }),
    create: os.create.handler(async ({ input, context: { actor } }) => {
      const { bodyId, title, note = '', ownerId, dueOn, ...from } = input;
      const body = await conducted(actor, bodyId);
      await mustBeAbleToOwn(ownerId, body);
      const action: ActionRecord = {
        ...{ id: ports.newId(), rev: 0, bodyId, title, note, ownerId, state: 'open', closed: false },
        dueKey: dueOn ?? NO_DAY,
        ...(dueOn === undefined ? {} : { dueOn }),
        ...(await sourceOf(actor, from, body)),
        ...{ createdBy: actor.personId, createdAt: ports.now() },
      };
      await actions.insert(action, [given(actor, action)]);
      return answered(actor, action, body);
    }),
    update: os.update.handler(async ({ input: { id, ...change }, context: { actor } }) => {
      const { body } = await visible(actor, id);
      if (!acts(actor, body)) throw new Problem('FORBIDDEN', 'not-a-conductor');
      if (change.ownerId !== undefined) await mustBeAbleToOwn(change.ownerId, body);
      const saved = await actions.change(id, (action) => {
        const { state } = action;
        if (isClosed(state)) throw new Problem('CONFLICT', 'action-closed');
        const { dueOn, ...rest } = change;
        const fields = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
        const after = { ...action, ...fields, ...(dueOn === undefined ? {} : keyOf(dueOn ?? undefined)) };
        const { ownerId } = after;
        const events = [
          ...(ownerId === action.ownerId ? [] : [given(actor, { id, ownerId }, action.ownerId)]),
          ...(ownerId === action.ownerId && after.dueOn === action.dueOn ? [] : settled(actor, action)),
        ];
        return { ...fields, ...(dueOn === undefined ? {} : keyOf(dueOn ?? undefined)), events };
      });
      return answered(actor, saved, body);
    }),
    move: os.move.handler(async ({ input: { id, to, reason = '' }, context: { actor } }) => {
      const { body } = await visible(actor, id);
      const saved = await actions.change(id, (action) => {
        const { state, ownerId } = action;
        enforce(mayMove(state, to, { owner: ownerId === actor.personId, conducts: acts(actor, body) }, reason));
        const done = to === 'done' ? ports.now() : undefined;
        return {
          ...{ state: to, closed: isClosed(to), cancelledReason: to === 'cancelled' ? reason : undefined },
          ...(to === 'verified' ? {} : { doneAt: done }),
          // What is done does not remind, and may remind anew when it is taken up again.
          ...(isToDo(to) ? {} : { reminded: undefined }),
          events: moved(actor, action, to),
        };
      });
      return answered(actor, saved, body);
    }),
  };
}
