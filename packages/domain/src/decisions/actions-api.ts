import { Color, Id, Instant, listOf, Page, PersonId } from '@concert/contract';
import { oc } from '@orpc/contract';
import { z } from 'zod';

/** States of an action item: given, begun, done, seen to be done; or dropped. */
export const ACTION_STATES = ['open', 'in-progress', 'done', 'verified', 'cancelled'] as const;
export const ActionState = z.enum(ACTION_STATES);
export type ActionState = z.infer<typeof ActionState>;

const Day = z.iso.date();

/** From what an action item comes, as far as the reader may see it. */
const ActionSource = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('decision'), id: Id, number: z.string().optional(), title: z.string() }),
  z.object({ kind: z.literal('item'), meetingId: Id, meetingTitle: z.string(), itemId: Id, itemTitle: z.string() }),
]);

/** Something that somebody is to do for a body. */
export const ActionItem = z.object({
  id: Id,
  bodyId: Id,
  bodyName: z.string(),
  title: z.string(),
  note: z.string(),
  owner: z.object({ id: PersonId, name: z.string(), color: Color }),
  dueOn: Day.optional(),
  /** That day has passed, and it is not done [AI3]. */
  overdue: z.boolean(),
  state: ActionState,
  source: ActionSource.optional(),
  createdAt: Instant,
  doneAt: Instant.optional(),
  cancelledReason: z.string().optional(),
  me: z.object({
    /** Words it anew, gives it to somebody else. */
    edits: z.boolean(),
    /** To which states the reader may bring it. */
    moves: z.array(ActionState),
  }),
});
export type ActionItem = z.infer<typeof ActionItem>;

const Title = z.string().trim().min(1).max(300);
const Note = z.string().trim().max(4_000);

const route = (method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: `/${string}`, summary: string) =>
  oc.route({ method, path, tags: ['actions'], summary });

const action = z.object({ id: Id });

export const actionsApi = {
  list: route('GET', '/actions', 'Action items, the first due first: mine, or those that I see')
    .input(
      Page.extend({
        mine: z.stringbool().optional(),
        bodyId: Id.optional(),
        decisionId: Id.optional(),
        /** Without: those that are carried to the next meeting. */
        closed: z.stringbool().optional(),
      }).strict(),
    )
    .output(listOf(ActionItem)),
  create: route('POST', '/actions', 'Give somebody something to do, from a decision, an item, or by itself')
    .input(
      z
        .object({
          bodyId: Id,
          title: Title,
          note: Note.optional(),
          ownerId: PersonId,
          dueOn: Day.optional(),
          decisionId: Id.optional(),
          meetingId: Id.optional(),
          itemId: Id.optional(),
        })
        .strict(),
    )
    .output(ActionItem),
  update: route('PATCH', '/actions/{id}', 'Word it anew, give it to somebody else; null: without a day')
    .input(
      action
        .extend({
          title: Title.optional(),
          note: Note.optional(),
          ownerId: PersonId.optional(),
          dueOn: Day.nullable().optional(),
        })
        .strict(),
    )
    .output(ActionItem),
  move: route('POST', '/actions/{id}/state', 'Begin it, do it, see that it is done; drop it with a reason')
    .input(action.extend({ to: ActionState, reason: z.string().trim().max(1_000).optional() }).strict())
    .output(ActionItem),
};
