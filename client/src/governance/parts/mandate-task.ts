import type { Body, Mandate, MandateRole, Seat } from '@concert/domain/governance/api.ts';
import { dayOf } from '../../platform/sharing/ends.ts';
import { nextRank } from '../seats/seating.ts';
import { EMPTY, type MandateValues, valuesOf } from './mandate-values.ts';

/** What a dialog about a mandate is for. */
export type MandateTask =
  | { readonly kind: 'give' }
  /** Somebody is to hold a seat: now, or after who holds it. */
  | { readonly kind: 'fill'; readonly seat: Seat }
  /** Somebody is to stand in for the holder of a seat. */
  | { readonly kind: 'alternate'; readonly seat: Seat }
  | { readonly kind: 'change'; readonly mandate: Mandate };

export type DialogProps = {
  readonly body: Body;
  readonly task: MandateTask;
  readonly onDone: () => void;
};

const HOLDERS: readonly MandateRole[] = ['chair', 'vice-chair', 'secretary', 'member'];
const ALL: readonly MandateRole[] = [...HOLDERS, 'alternate', 'observer'];

/** [G6] The roles to choose from. */
export function rolesFor(task: MandateTask): readonly MandateRole[] {
  if (task.kind === 'fill') return HOLDERS;
  return task.kind === 'alternate' ? ['alternate'] : ALL;
}

/** What the form begins with. A seat that is held is free from the day after its holder's last. */
export function startOfTask(task: MandateTask): MandateValues {
  if (task.kind === 'give') return EMPTY;
  if (task.kind === 'change') return valuesOf(task.mandate);
  const { seat } = task;
  if (task.kind === 'alternate') return { ...EMPTY, role: 'alternate', seatId: seat.id, rank: nextRank(seat) };
  return {
    ...EMPTY,
    seatId: seat.id,
    role: seat.holder && HOLDERS.includes(seat.holder.role) ? seat.holder.role : 'member',
    from: seat.holder?.until ? dayOf(seat.holder.until) : null,
  };
}
