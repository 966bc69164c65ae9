import type { ActionState } from '@concert/domain/decisions/actions-api.ts';

/** The item of a meeting from which something comes: who is barred from it is kept from that too. */
type AboutItem = {
  readonly meetingId: string;
  readonly meetingTitle: string;
  readonly itemId: string;
  readonly itemTitle: string;
};

export type ActionRecord = {
  readonly id: string;
  readonly rev: number;
  readonly bodyId: string;
  readonly title: string;
  readonly note: string;
  readonly ownerId: string;
  readonly dueOn?: string;
  /** By which lists are ordered: the day on which it is due; what has none comes last. */
  readonly dueKey: string;
  readonly state: ActionState;
  readonly closed: boolean;
  readonly decisionId?: string;
  readonly about?: AboutItem;
  readonly doneAt?: Date;
  readonly cancelledReason?: string;
  /** Of what its owner was reminded last. */
  readonly reminded?: string;
  readonly createdBy: string;
  readonly createdAt: Date;
};

type Reminder = { readonly what: 'soon' | 'late'; readonly dueOn: string; readonly ownerId: string };

/** A reminder as it is remembered: another day, or somebody else to do it, is another one. */
export const reminderKey = ({ what, dueOn, ownerId }: Reminder): string => `${what}:${dueOn}:${ownerId}`;

/** The event by which somebody is told. */
export const reminderId = ({ id, ...reminder }: Reminder & { readonly id: string }): string =>
  `action:${id}:${reminderKey(reminder)}`;

/** After every day. */
export const NO_DAY = '9999-12-31';
