import type { Actor } from '@concert/contract';
import { mayBegin, maySubmit } from '@concert/domain/meetings/minutes.ts';
import type { Minutes } from '@concert/domain/meetings/minutes-api.ts';
import { MinutesRecord } from '@concert/domain/meetings/minutes-record.ts';
import type { LongTexts } from '../../platform/mongo/long-texts.ts';
import { type Held, meetingParts, type Parts } from '../parts.ts';
import type { MinutesFacts } from '../records.ts';
import { emptyRecord, recordOf, withoutBarred } from './recording.ts';

/** The collection of what was submitted, by meeting and edition. */
export const MINUTES_TEXTS = 'minutes_texts';

/** The name under which the record is kept of what was submitted. */
export const RECORD = 'record';
export const TEXT = 'text';

/** Of each edition its own: what was approved once stays to be read. */
export const editionOf = (meetingId: string, { edition }: Pick<MinutesFacts, 'edition'>): string =>
  `${meetingId}:${edition}`;

/** The record as it was submitted, without boxes to tick. */
async function keptRecord(texts: LongTexts, found: Held, minutes: MinutesFacts): Promise<MinutesRecord | null> {
  const kept = await texts.content(editionOf(found.meeting.id, minutes), RECORD);
  if (kept === '') return null;
  const parsed = MinutesRecord.safeParse(JSON.parse(kept));
  return parsed.success ? parsed.data : null;
}

/**
 * [M71] The record as a reader of the minutes may see it: as it is while they are a draft, as it was submitted afterwards.
 * `actor`: who may tick what is theirs; null in files.
 */
export async function readableRecord(
  parts: Parts,
  texts: LongTexts,
  { found, personId, actor }: { readonly found: Held; readonly personId: string; readonly actor: Actor | null },
): Promise<MinutesRecord> {
  const { minutes } = found.meeting;
  const kept = minutes === undefined || minutes.state === 'draft' ? null : await keptRecord(texts, found, minutes);
  return withoutBarred(kept ?? (await recordOf(parts, found, actor)), found, personId);
}

/** Minutes as one reader may see them; `reads`: whether they may read the document. */
export async function minutesView(
  parts: Parts,
  texts: LongTexts,
  { found, actor, reads, later }: { found: Held; actor: Actor; reads: boolean; later: boolean },
): Promise<Minutes> {
  const { meeting, body, facts } = found;
  const { minutes } = meeting;
  const { auth } = parts.platform;
  const leads = meetingParts(parts).conducting(actor, found);
  const approving = minutes?.approved === undefined ? null : await parts.store.get(minutes.approved.meetingId);
  const people = await auth.people.byIds(
    [minutes?.submitted?.by, minutes?.approved?.by, ...(minutes?.reopened ?? []).map(({ by }) => by)].filter(
      (id) => id !== undefined,
    ),
  );
  const someone = (personId: string) => ({ personId, name: people.get(personId)?.name ?? '' });
  const { submitted, approved, state, edition = 0, reopened = [] } = minutes ?? {};
  const begun = minutes !== undefined;
  return {
    ...{ meetingId: meeting.id, bodyId: body.id, title: meeting.title, edition },
    ...(state === undefined ? {} : { state }),
    ...(minutes !== undefined && reads ? { documentId: minutes.documentId } : {}),
    record:
      begun && reads
        ? await readableRecord(parts, texts, { found, personId: actor.personId, actor })
        : emptyRecord(found),
    ...(submitted === undefined
      ? {}
      : {
          submitted: {
            ...{ at: submitted.at.toISOString(), by: someone(submitted.by) },
            ...{ hash: submitted.hash, recordHash: submitted.recordHash },
          },
        }),
    ...(approved === undefined
      ? {}
      : {
          approved: {
            ...{ at: approved.at.toISOString(), by: someone(approved.by) },
            meeting: {
              ...{ id: approved.meetingId, title: approving?.title ?? '', itemId: approved.itemId },
              ...(approving?.startAt === undefined ? {} : { startAt: approving.startAt.toISOString() }),
            },
            ...(approved.pollId === undefined ? {} : { pollId: approved.pollId }),
          },
        }),
    reopened: reopened.map(({ at, by, ...rest }) => ({ ...rest, at: at.toISOString(), by: someone(by) })),
    me: {
      conducts: leads,
      begins: leads && mayBegin({ ...facts, begun, workspaceId: 'any' }).ok,
      submits: leads && maySubmit(facts, state).ok,
      reopens: leads && (state === 'submitted' || (state === 'approved' && !later)),
    },
  };
}
