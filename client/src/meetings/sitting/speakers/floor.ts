import type { AgendaItem, Meeting, Speaker } from '@concert/domain/meetings/shapes.ts';
import { spentOf } from '../clock/clock-text.ts';

type SpeechKind = Speaker['kind'];

/** The list of speakers of an item, in the order of the server. */
export function listOf(speakers: readonly Speaker[], itemId: string | undefined) {
  const own = speakers.filter((one) => one.itemId === itemId);
  return {
    speaking: own.find(({ state }) => state === 'speaking'),
    paused: own.filter(({ state }) => state === 'paused'),
    waiting: own.filter(({ state }) => state === 'waiting'),
    done: own.filter(({ state }) => state === 'done'),
  };
}

export type AskHindrance = 'not-open' | 'no-item' | 'absent' | 'sent-out' | 'closed' | 'waiting';

/** [M11] Why somebody cannot ask to speak for this now; a point of order is kept out by no closed list. */
export function askHindered(
  { state, me, speakers }: Pick<Meeting, 'state' | 'me' | 'speakers'>,
  item: Pick<AgendaItem, 'id' | 'queueOpen'> | undefined,
  { personId, kind, sentOut }: { personId: string; kind: SpeechKind; sentOut: boolean },
): AskHindrance | undefined {
  if (state !== 'in-session') return 'not-open';
  if (!item) return 'no-item';
  if (me.presence === 'out') return 'absent';
  if (sentOut) return 'sent-out';
  if (!item.queueOpen && !me.conducts && kind !== 'order') return 'closed';
  const waits = speakers.some(
    (one) => one.itemId === item.id && one.personId === personId && one.kind === kind && one.state === 'waiting',
  );
  return waits ? 'waiting' : undefined;
}

export type Budget = { readonly college: string; readonly spentMs: number; readonly running: boolean };

/** [M11] What each college has spoken on an item; questions and points of order are free. */
export function budgetsOf(
  speakers: readonly Speaker[],
  itemId: string | undefined,
  colleges: readonly string[],
  now: number,
): readonly Budget[] {
  return colleges.map((college) => {
    const own = speakers.filter((one) => one.itemId === itemId && one.kind === 'speech' && one.college === college);
    return {
      college,
      spentMs: own.reduce((sum, one) => sum + spentOf(one, now), 0),
      running: own.some(({ runningSince }) => runningSince !== undefined),
    };
  });
}
