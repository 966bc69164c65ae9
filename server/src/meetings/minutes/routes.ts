import { type Actor, Problem } from '@concert/contract';
import { mayBegin, wantedBlocks } from '@concert/domain/meetings/minutes.ts';
import { minutesApi } from '@concert/domain/meetings/minutes-api.ts';
import { implement } from '@orpc/server';
import canonicalize from 'canonicalize';
import type { Context } from '../../platform/http/route.ts';
import { requireActor } from '../../platform/http/route.ts';
import { enforce, held, meetingParts } from '../parts.ts';
import { mustSeeBody } from '../routes/planning.ts';
import { decidingRoutes } from './deciding.ts';
import { lookingUp, type MinutesParts, notFound } from './parts.ts';
import { happenedIn } from './recording.ts';
import { editionOf, RECORD, readableRecord, TEXT } from './views.ts';

type Begun = { readonly workspaceId: string | undefined; readonly locale: 'fr' | 'en' | 'it' };

/** Reading them, beginning them, and what waits. */
function readingRoutes(parts: MinutesParts) {
  const { platform, store, texts, feeding } = parts;
  const { audit, bodies, papers, ports } = platform;
  const os = implement(minutesApi).$context<Context>().use(requireActor);
  const { conduct, mustConduct, sees } = meetingParts(parts);
  const { ofDocument, reads, shown, visible } = lookingUp(parts);
  /** Two who begin them at once make one document. */
  const beginning = new Map<string, Promise<unknown>>();
  const begin = async (actor: Actor, id: string, { workspaceId, locale }: Pick<Begun, 'workspaceId' | 'locale'>) => {
    const found = await visible(actor, id);
    mustConduct(actor, found);
    const { meeting, facts } = found;
    const place = workspaceId ?? meeting.workspaceId;
    const begun = meeting.minutes !== undefined;
    enforce(mayBegin({ ...facts, begun, workspaceId: place }));
    if (place === undefined) throw new Problem('CONFLICT', 'minutes-without-workspace');
    const { startAt, timeZone } = meeting;
    const day =
      startAt === undefined
        ? {}
        : { meetingDate: new Intl.DateTimeFormat('sv', { timeZone, dateStyle: 'short' }).format(startAt) };
    const documentId = await papers.begin(actor, {
      ...{ workspaceId: place, locale, title: meeting.title },
      fields: { ...day, ...(meeting.place === undefined ? {} : { place: meeting.place }) },
      blocks: wantedBlocks(meeting, await happenedIn(parts, found)),
    });
    await conduct(actor, id, ({ meeting: now, facts: then }) => {
      enforce(mayBegin({ ...then, begun: now.minutes !== undefined, workspaceId: place }));
      return {
        minutes: { documentId, state: 'draft', edition: 1, reopened: [] },
        workspaceId: now.workspaceId ?? place,
      };
    });
    await audit.record({
      ...{ event: 'minutes.begun', actorId: actor.personId, credentialId: actor.credentialId },
      subject: { kind: 'meeting', id },
      data: { documentId },
    });
  };
  return {
    get: os.get.handler(async ({ input: { id }, context: { actor } }) => {
      const found = await visible(actor, id);
      feeding.due(id);
      return shown(actor, found);
    }),
    ofDocument: os.ofDocument.handler(async ({ input: { documentId }, context: { actor } }) => {
      const found = await ofDocument(actor, documentId);
      feeding.due(found.meeting.id);
      return shown(actor, found);
    }),
    begin: os.begin.handler(async ({ input: { id, workspaceId, locale: wanted }, context: { actor, locale } }) => {
      const before = beginning.get(id) ?? Promise.resolve();
      const turn = before.then(
        () => begin(actor, id, { workspaceId, locale: wanted ?? locale }),
        () => begin(actor, id, { workspaceId, locale: wanted ?? locale }),
      );
      beginning.set(id, turn);
      try {
        await turn;
      } finally {
        if (beginning.get(id) === turn) beginning.delete(id);
      }
      return shown(actor, await visible(actor, id));
    }),
    kept: os.kept.handler(async ({ input: { id }, context: { actor } }) => {
      const found = await visible(actor, id);
      const { minutes } = found.meeting;
      if (minutes?.submitted === undefined || !(await reads(actor, found.meeting)))
        throw new Problem('NOT_FOUND', 'no-such-minutes');
      const { hash, recordHash } = minutes.submitted;
      const edition = editionOf(id, minutes);
      const [content, record] = await Promise.all([texts.content(edition, TEXT), texts.content(edition, RECORD)]);
      const readable =
        canonicalize(await readableRecord(parts, texts, { found, personId: actor.personId, actor })) ?? '';
      // Who is kept from an item reads the rest of the record; its hash is that of the whole.
      const whole = found.meeting.conflicts.some(({ personId }) => personId === actor.personId) ? readable : record;
      return { content, hash, record: whole, recordHash };
    }),
    waiting: os.waiting.handler(async ({ input: { bodyId }, context: { actor } }) => {
      await mustSeeBody(parts, actor, bodyId);
      const body = (await bodies.byIds([bodyId])).get(bodyId);
      if (body === undefined) throw notFound();
      const found = (await store.withMinutes(bodyId, ['submitted'])).map((one) => held(one, body, [], ports.now()));
      const seen = found.filter((one) => sees(actor, one));
      return {
        items: seen.flatMap(({ meeting: { id, title, startAt, minutes } }) =>
          minutes === undefined
            ? []
            : [
                {
                  ...{ meetingId: id, title, documentId: minutes.documentId },
                  ...(startAt === undefined ? {} : { startAt: startAt.toISOString() }),
                },
              ],
        ),
      };
    }),
  };
}

export const minutesRoutes = (parts: MinutesParts) => ({ ...readingRoutes(parts), ...decidingRoutes(parts) });
