import { isOnTheAgenda } from '@concert/domain/meetings/agenda.ts';
import type { AgendaItem, Meeting } from '@concert/domain/meetings/shapes.ts';

/** The items of an agenda in the parts in which a page shows them. */
export function agendaParts(agenda: readonly AgendaItem[]) {
  return {
    listed: agenda.filter((item) => isOnTheAgenda(item) && item.state !== 'deferred'),
    proposed: agenda.filter(({ state }) => state === 'proposed'),
    aside: agenda.filter(({ state }) => state === 'deferred' || state === 'withdrawn' || state === 'refused'),
  };
}

export type Totals = {
  readonly plannedSec: number;
  /** How long the meeting lasts by its plan; absent without an end. */
  readonly lengthSec?: number;
  /** What is left of it, or by how much the items exceed it (negative). */
  readonly leftSec?: number;
};

/** Planned time of all items against the length of the meeting. */
export function totalsOf({ agenda, startAt, endAt }: Pick<Meeting, 'agenda' | 'startAt' | 'endAt'>): Totals {
  const plannedSec = agendaParts(agenda).listed.reduce((sum, item) => sum + item.plannedSec, 0);
  if (startAt === undefined || endAt === undefined) return { plannedSec };
  const lengthSec = (Date.parse(endAt) - Date.parse(startAt)) / 1_000;
  return { plannedSec, lengthSec, leftSec: lengthSec - plannedSec };
}

/** Before which item (null: last) one comes that moves up (-1) or down (1); undefined where it cannot go further. */
export function beforeAfterStep(agenda: readonly AgendaItem[], id: string, step: -1 | 1): string | null | undefined {
  const { listed } = agendaParts(agenda);
  const at = listed.findIndex((item) => item.id === id);
  if (at < 0 || !listed[at + step]) return undefined;
  return listed[step < 0 ? at - 1 : at + 2]?.id ?? null;
}

/** Before which item (null: last) one comes that is dropped on another, in its upper or lower half; undefined: it stays. */
export function beforeAfterDrop(
  agenda: readonly AgendaItem[],
  id: string,
  target: { readonly id: string; readonly half: 'upper' | 'lower' },
): string | null | undefined {
  const { listed } = agendaParts(agenda);
  const at = listed.findIndex((item) => item.id === target.id);
  const before = target.half === 'upper' ? target.id : (listed[at + 1]?.id ?? null);
  const own = listed.findIndex((item) => item.id === id);
  const stays = before === id || before === (listed[own + 1]?.id ?? null);
  return at < 0 || own < 0 || stays ? undefined : before;
}

/** The agenda as it will be once an item was moved, numbered anew: shown until the server has answered. */
export function withMoved(agenda: readonly AgendaItem[], id: string, before: string | null): AgendaItem[] {
  const item = agenda.find((one) => one.id === id);
  const others = agenda.filter((one) => one.id !== id);
  const at = before === null ? others.length : others.findIndex((one) => one.id === before);
  return item === undefined || at < 0 ? [...agenda] : numbered(others.toSpliced(at, 0, item));
}

/** Numbers by place [M7]: late items apart from the others. */
function numbered(agenda: readonly AgendaItem[]): AgendaItem[] {
  const taken = { normal: 0, late: 0 };
  return agenda.map((item) => {
    if (item.number === undefined) return item;
    const row = item.late ? 'late' : 'normal';
    taken[row] += 1;
    return { ...item, number: item.late ? `L${taken.late}` : `${taken.normal}` };
  });
}

/** Whether whoever conducts may still arrange the agenda. */
export const isArranged = ({ state }: Pick<Meeting, 'state'>): boolean => state !== 'ended' && state !== 'cancelled';

/** Whether what is added now is late [M6]. */
export const isLate = ({ state }: Pick<Meeting, 'state'>): boolean =>
  state === 'frozen' || state === 'in-session' || state === 'suspended';
