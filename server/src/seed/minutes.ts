import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import { recordOf } from '../meetings/minutes/recording.ts';
import { editionOf, MINUTES_TEXTS, RECORD, TEXT } from '../meetings/minutes/views.ts';
import { held } from '../meetings/parts.ts';
import { pollStore } from '../meetings/polls/store.ts';
import { meetingStore } from '../meetings/store.ts';
import type { Platform } from '../platform/module.ts';
import { longTexts } from '../platform/mongo/long-texts.ts';
import { demoId, personIn } from './people.ts';

const DAY_MS = 86_400_000;

/** The minutes of the meeting that was held, submitted a week after it: the next one has them on its agenda. */
export async function seedMinutes(platform: Platform, people: ReadonlyMap<string, string>): Promise<void> {
  const { bodies, db, papers } = platform;
  const store = meetingStore(db);
  const id = demoId('meeting-october');
  const documentId = demoId('minutes-autumn');
  const meeting = await store.get(id);
  const body = meeting === null ? undefined : (await bodies.byIds([meeting.bodyId])).get(meeting.bodyId);
  const text = await papers.content(documentId, `${documentId}-1`);
  if (meeting?.endedAt === undefined || body === undefined || text === null) return;
  if (meeting.minutes === undefined) {
    const at = new Date(meeting.endedAt.getTime() + 7 * DAY_MS);
    const found = held(meeting, body, [], at);
    const record = canonicalize(await recordOf({ platform, polls: pollStore(db) }, found, null)) ?? '';
    const recordHash = createHash('sha256').update(record, 'utf8').digest('hex');
    const texts = longTexts(db, MINUTES_TEXTS);
    await texts.keep(editionOf(id, { edition: 1 }), TEXT, text.content);
    await texts.keep(editionOf(id, { edition: 1 }), RECORD, record);
    const { versionId, hash } = text;
    const submitted = { at, by: personIn(people, 'secretary'), versionId, hash, recordHash };
    await store.change(id, () => ({
      minutes: { documentId, state: 'submitted', edition: 1, submitted, reopened: [] },
    }));
  }
  await papers.seal(documentId, true);
}
