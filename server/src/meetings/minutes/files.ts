import { RecordPart } from '@concert/domain/meetings/minutes-record.ts';
import { minutesFacts, recordWords } from '@concert/domain/meetings/minutes-words.ts';
import type { LongTexts } from '../../platform/mongo/long-texts.ts';
import type { RecordBlocks } from '../../platform/record-blocks.ts';
import { held, type Parts } from '../parts.ts';
import { readableRecord } from './views.ts';

/** What blocks say in files, for who may read the document: the same words as on the page, without boxes to tick. */
export function minutesBlocks(parts: Parts, texts: LongTexts): RecordBlocks {
  const { bodies, ports } = parts.platform;
  return {
    of: async (asker, documentId, locale) => {
      const meeting = await parts.store.ofMinutes(documentId);
      const body = meeting === null ? undefined : (await bodies.byIds([meeting.bodyId])).get(meeting.bodyId);
      if (meeting === null || body === undefined) return null;
      const found = held(meeting, body, await parts.periods.of(body.id), ports.now());
      const { submitted, approved } = meeting.minutes ?? {};
      const [record, approving, letterhead] = await Promise.all([
        readableRecord(parts, texts, { found, personId: asker.personId, actor: null }),
        approved === undefined ? null : parts.store.get(approved.meetingId),
        bodies.letterheadOf(meeting.bodyId),
      ]);
      const facts = minutesFacts(
        {
          record,
          ...(submitted === undefined ? {} : { submitted: { ...submitted, at: submitted.at.toISOString() } }),
          ...(approved === undefined
            ? {}
            : { approved: { at: approved.at.toISOString(), meeting: approving?.title ?? '' } }),
        },
        locale,
      );
      return {
        block: (part, ref) => {
          const known = RecordPart.safeParse(part);
          return known.success ? recordWords(record, { part: known.data, ref }, locale) : null;
        },
        facts: facts.map(({ label = '', text }) => ({ label, text })),
        ...(letterhead === null ? {} : { letterhead }),
        meeting: meeting.title,
      };
    },
  };
}
