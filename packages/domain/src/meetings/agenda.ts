import { spentOf } from './clock.ts';
import type { Item, MeetingFacts } from './model.ts';

const ON_THE_AGENDA: ReadonlySet<string> = new Set(['scheduled', 'active', 'paused', 'done', 'deferred']);

export const isOnTheAgenda = ({ state }: Pick<Item, 'state'>): boolean => ON_THE_AGENDA.has(state);

/** [M7] Numbers by item id: 1, 2, 3; late ones are numbered apart, L1, L2. What is not on the agenda has none. */
export function numbersOf(agenda: readonly Item[]): ReadonlyMap<string, string> {
  let [normal, late] = [0, 0];
  return new Map(
    agenda.filter(isOnTheAgenda).map((item) => {
      if (item.late) late += 1;
      else normal += 1;
      return [item.id, item.late ? `L${late}` : `${normal}`];
    }),
  );
}

/** [M7] The agenda with an item before another, or last. */
export function moved(agenda: readonly Item[], id: string, before: string | null): readonly Item[] {
  const item = agenda.find((one) => one.id === id);
  if (item === undefined || before === id) return agenda;
  const others = agenda.filter((one) => one.id !== id);
  const at = before === null ? others.length : others.findIndex((one) => one.id === before);
  return at < 0 ? agenda : [...others.slice(0, at), item, ...others.slice(at)];
}

/**
 * [M13] What is still to come, in the order in which the sitting turns to it: what follows the item that is open, then what
 * was passed over or set aside. Before the first item, and between two, in the order of the agenda.
 */
export function toCome<Any extends Pick<Item, 'id' | 'state'>>(
  agenda: readonly Any[],
  currentItemId: string | undefined,
): readonly Any[] {
  const at = agenda.findIndex(({ id }) => id === currentItemId);
  const inTurn = [...agenda.slice(at + 1), ...agenda.slice(0, Math.max(at, 0))];
  return inTurn.filter(({ state }) => state === 'scheduled' || state === 'paused');
}

/** When an item begins: by the plan, and by how the meeting has gone so far. */
export type Times = { readonly plannedAt?: Date; readonly expectedAt?: Date };

/**
 * [M13] The plan lays the items one after another from the beginning of the meeting. What is expected starts from now: what
 * is left of the item that is open (nothing, once it has taken longer), then what is to come as the sitting turns to it.
 * Before the sitting both are the same.
 */
export function timesOf(
  meeting: Pick<MeetingFacts, 'state' | 'startAt' | 'agenda' | 'currentItemId'>,
  now: Date,
): { readonly items: ReadonlyMap<string, Times>; readonly expectedEnd?: Date } {
  const { startAt, state } = meeting;
  const agenda = meeting.agenda.filter(isOnTheAgenda);
  const items = new Map<string, Times>();
  let plan = startAt?.getTime();
  // What is put off takes no time of this meeting; once it is over the plan is what it was.
  for (const item of agenda.filter((one) => state === 'ended' || one.state !== 'deferred')) {
    items.set(item.id, plan === undefined ? {} : { plannedAt: new Date(plan) });
    if (plan !== undefined) plan += item.plannedSec * 1_000;
  }
  if (state !== 'in-session' && state !== 'suspended') {
    if (state === 'ended' || plan === undefined) return { items };
    for (const [id, times] of items)
      items.set(id, { ...times, ...(times.plannedAt && { expectedAt: times.plannedAt }) });
    return { items, expectedEnd: new Date(plan) };
  }
  const left = (item: Item): number => Math.max(0, item.plannedSec * 1_000 - spentOf(item, now));
  const current = agenda.find(({ id }) => id === meeting.currentItemId);
  let at = now.getTime() + (current === undefined ? 0 : left(current));
  for (const item of toCome(agenda, meeting.currentItemId)) {
    items.set(item.id, { ...items.get(item.id), expectedAt: new Date(at) });
    at += left(item);
  }
  return { items, expectedEnd: new Date(at) };
}
