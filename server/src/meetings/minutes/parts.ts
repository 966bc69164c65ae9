import { type Actor, Problem } from '@concert/contract';
import type { Minutes } from '@concert/domain/meetings/minutes-api.ts';
import type { LongTexts } from '../../platform/mongo/long-texts.ts';
import { type Held, held, meetingParts, type Parts } from '../parts.ts';
import type { MeetingRecord, MinutesFacts } from '../records.ts';
import type { MinutesFeeding } from './feeding.ts';
import { minutesView } from './views.ts';

export type MinutesParts = Parts & { readonly texts: LongTexts; readonly feeding: MinutesFeeding };

export const notFound = (): Problem => new Problem('NOT_FOUND', 'not-found');

/** Looking minutes up. */
export function lookingUp(parts: MinutesParts) {
  const { platform, store, texts } = parts;
  const { access, bodies, ports } = platform;
  const { visible } = meetingParts(parts);
  const reads = async (actor: Actor, { minutes }: MeetingRecord): Promise<boolean> =>
    minutes !== undefined && (await access.standing(actor, { kind: 'document', id: minutes.documentId })) !== null;
  /** [M74] Whether later minutes of the body rest on these. */
  const hasLater = async ({ id, bodyId, endedAt }: MeetingRecord): Promise<boolean> => {
    const others = await store.withMinutes(bodyId, ['submitted', 'approved']);
    return others.some((one) => one.id !== id && endedAt !== undefined && (one.endedAt ?? endedAt) > endedAt);
  };
  const shown = async (actor: Actor, found: Held): Promise<Minutes> => {
    const { meeting } = found;
    const later = meeting.minutes?.state === 'approved' && (await hasLater(meeting));
    return minutesView(parts, texts, { found, actor, reads: await reads(actor, meeting), later });
  };
  /** The meeting whose minutes a document holds, for who may read the document: it is part of what it says. */
  const ofDocument = async (actor: Actor, documentId: string): Promise<Held> => {
    if ((await access.standing(actor, { kind: 'document', id: documentId })) === null) throw notFound();
    const meeting = await store.ofMinutes(documentId);
    const body = meeting === null ? undefined : (await bodies.byIds([meeting.bodyId])).get(meeting.bodyId);
    if (meeting === null || body === undefined) throw new Problem('NOT_FOUND', 'no-such-minutes');
    return held(meeting, body, await parts.periods.of(body.id), ports.now());
  };
  const minutesOf = ({ minutes }: MeetingRecord): MinutesFacts => {
    if (minutes === undefined) throw new Problem('CONFLICT', 'minutes-not-begun');
    return minutes;
  };
  return { hasLater, minutesOf, ofDocument, reads, shown, visible };
}
