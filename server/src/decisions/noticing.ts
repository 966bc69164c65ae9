import type { Deed } from '@concert/domain/activity/rules.ts';
import { isRunning } from '@concert/domain/governance/mandates.ts';
import type { DomainEvent } from '../platform/events.ts';
import type { Notice } from '../platform/notices.ts';
import type { Reactions } from '../platform/outbox/outbox.ts';
import type { Step } from '../platform/subjects.ts';
import { reminderId } from './actions/records.ts';
import { seenActions } from './actions/seen.ts';
import type { ActionStore } from './actions/store.ts';
import type { Parts } from './parts.ts';
import { seenDecisions } from './searching.ts';
import { actionStep, decisionStep } from './subjects.ts';

const textIn = ({ data }: DomainEvent, key: string): string => {
  const value = data[key];
  return typeof value === 'string' ? value : '';
};

/** By which somebody was told that they are to do something: taken back when it is given on. */
const givenId = (actionId: string, ownerId: string): string => `action:${actionId}:given:${ownerId}`;

type Told = Omit<Notice, 'path' | 'mentioned' | 'audience'>;

/** Telling who sees a decision or an action item what becomes of it. */
export function registerTelling({ platform, store }: Parts, actions: ActionStore) {
  const { auth, notices } = platform;
  /** [N5] Those among these people who see it now, as it is now. */
  const among = async (personIds: readonly string[], sees: (reader: SeenBy) => Promise<boolean>) => {
    const people = [...(await auth.people.byIds(personIds)).values()].filter(({ suspended }) => !suspended);
    const told = await Promise.all(
      people.map(async ({ id: personId, platformRole }) =>
        (await sees({ personId, platformRole })) ? [personId] : [],
      ),
    );
    return new Set(told.flat());
  };
  type SeenBy = Parameters<typeof seenActions>[1];
  return {
    ofDecision: (id: string, told: Told): Promise<void> =>
      notices.tell({
        ...told,
        ...{ path: [decisionStep(id)], mentioned: [] },
        audience: (personIds) =>
          among(
            personIds,
            async (reader) => (await seenDecisions(platform, reader, await store.getAll([id]))).length > 0,
          ),
      }),
    ofAction: (id: string, told: Told): Promise<void> =>
      notices.tell({
        ...told,
        ...{ path: [actionStep(id)], mentioned: [] },
        audience: (personIds) =>
          among(
            personIds,
            async (reader) => (await seenActions(platform, reader, await actions.getAll([id]))).length > 0,
          ),
      }),
  };
}

/** [N17] [AC7] What people are told of decisions and action items. Harmless to repeat. */
export function registerNotices(parts: Parts, actions: ActionStore): Reactions {
  const { platform, store } = parts;
  const { activity, bodies, notices, ports, resolutions } = platform;
  const { ofDecision, ofAction } = registerTelling(parts, actions);

  /** What becomes of something that was decided in a meeting is noted in the workspace of that, if it has one. */
  const note = async (
    { id, at, actorId: by }: DomainEvent,
    deed: Deed,
    subject: Step,
    item: { readonly meetingId: string; readonly itemId: string } | undefined,
  ): Promise<void> => {
    const facts = item === undefined ? null : await resolutions.item(item.meetingId, item.itemId);
    if (facts?.workspaceId === undefined || by === undefined) return;
    await activity.note({ id, deed, by, at, path: [subject, { kind: 'workspace', id: facts.workspaceId }] });
  };
  const decided = async (event: DomainEvent, deed: Deed, what?: Told['what']): Promise<void> => {
    const decision = await store.get(textIn(event, 'decisionId'));
    if (decision === null) return;
    const { id, bodyId, meeting } = decision;
    await note(event, deed, decisionStep(id), meeting && { meetingId: meeting.id, itemId: meeting.itemId });
    const body = (await bodies.byIds([bodyId])).get(bodyId);
    if (what === undefined || body === undefined) return;
    const members = body.mandates.filter((one) => isRunning(one, ports.now())).map(({ personId }) => personId);
    const participants = [...new Set(members)];
    await ofDecision(id, { eventId: event.id, what, by: event.actorId, at: event.at, participants });
  };
  return {
    'decisions.adopted': (event) => decided(event, 'decision-adopted', 'decision-adopted'),
    'decisions.published': (event) => decided(event, 'decision-published'),
    'decisions.annulled': (event) => decided(event, 'decision-annulled', 'decision-annulled'),
    'actions.given': async (event) => {
      const [id, from] = [textIn(event, 'actionId'), textIn(event, 'from')];
      const action = await actions.get(id);
      if (from !== '') await notices.takeBack(givenId(id, from));
      // Given on to somebody else meanwhile: they are told by an event of their own.
      if (action === null || action.ownerId !== textIn(event, 'ownerId')) return;
      const eventId = givenId(id, action.ownerId);
      const told = { eventId, what: 'action-given', by: event.actorId, at: event.at } as const;
      await ofAction(action.id, { ...told, participants: [action.ownerId], day: action.dueOn });
    },
    'actions.done': async (event) => {
      const action = await actions.get(textIn(event, 'actionId'));
      if (action === null) return;
      const told = { eventId: event.id, what: 'action-done', by: event.actorId, at: event.at } as const;
      await ofAction(action.id, { ...told, participants: [action.createdBy] });
    },
    'actions.closed': async (event) => {
      const action = await actions.get(textIn(event, 'actionId'));
      if (action !== null) await note(event, 'action-closed', actionStep(action.id), action.about);
    },
    // What is done, put on another day or given on does not remind any more.
    'actions.settled': async (event) => {
      const due = { id: textIn(event, 'actionId'), dueOn: textIn(event, 'dueOn'), ownerId: textIn(event, 'ownerId') };
      for (const what of ['soon', 'late'] as const) await notices.takeBack(reminderId({ ...due, what }));
    },
  };
}
