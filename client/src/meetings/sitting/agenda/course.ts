import { toCome } from '@concert/domain/meetings/agenda.ts';
import type { AgendaItem, Meeting } from '@concert/domain/meetings/shapes.ts';
import { isVotedIn } from '@concert/domain/meetings/states.ts';
import { shifted } from '../clock/drift.ts';

const SHOWN: ReadonlySet<AgendaItem['state']> = new Set(['scheduled', 'active', 'paused', 'done', 'deferred']);

/** What is on the agenda; what was only proposed, refused or withdrawn is not. */
export const itemsShown = (agenda: readonly AgendaItem[]): readonly AgendaItem[] =>
  agenda.filter(({ state }) => SHOWN.has(state));

/** The same, and for who conducts what the body votes on taking [M57]. */
export const itemsListed = ({ agenda, rules, me }: Pick<Meeting, 'agenda' | 'rules' | 'me'>): readonly AgendaItem[] =>
  agenda.filter((item) => SHOWN.has(item.state) || (me.conducts && isVotedIn(item, rules)));

const waits = ({ state }: Pick<AgendaItem, 'state'>): boolean => state === 'scheduled' || state === 'paused';

/** The item that comes next, as the plan expects it too [M13]. */
export function nextItem({ agenda, currentItemId }: Pick<Meeting, 'agenda' | 'currentItemId'>): AgendaItem | undefined {
  return toCome(agenda, currentItemId)[0];
}

/** Why the sitting cannot turn to another item now. */
export function turnHindered({
  state,
  openPollIds,
}: Pick<Meeting, 'state' | 'openPollIds'>): 'not-open' | 'poll' | undefined {
  if (state !== 'in-session') return 'not-open';
  return openPollIds.length > 0 ? 'poll' : undefined;
}

const MINUTE = 60_000;

/**
 * When an item begins: as planned, and otherwise where the sitting is late or early by a minute or more. `shift`: by how
 * much the sitting was opened later than planned, which moves the plan as a whole.
 */
export function beginningOf(
  { state, plannedAt: byPlan, expectedAt }: Pick<AgendaItem, 'state' | 'plannedAt' | 'expectedAt'>,
  shift = 0,
): {
  readonly planned?: string;
  readonly expected?: string;
} {
  if (!waits({ state })) return {};
  const plannedAt = byPlan === undefined ? undefined : shifted(byPlan, shift);
  const differs =
    plannedAt !== undefined &&
    expectedAt !== undefined &&
    Math.abs(Date.parse(expectedAt) - Date.parse(plannedAt)) >= MINUTE;
  const shown = plannedAt ?? expectedAt;
  return { ...(shown ? { planned: shown } : {}), ...(differs ? { expected: expectedAt } : {}) };
}
