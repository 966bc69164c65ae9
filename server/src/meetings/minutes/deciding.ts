import { createHash } from 'node:crypto';
import { type Actor, Problem } from '@concert/contract';
import { mayApprove, mayReopen, maySubmit } from '@concert/domain/meetings/minutes.ts';
import { minutesApi } from '@concert/domain/meetings/minutes-api.ts';
import { implement } from '@orpc/server';
import canonicalize from 'canonicalize';
import type { Context } from '../../platform/http/route.ts';
import { requireActor } from '../../platform/http/route.ts';
import { enforce, type Held, meetingParts } from '../parts.ts';
import type { MinutesFacts } from '../records.ts';
import { lookingUp, type MinutesParts } from './parts.ts';
import { recordOf } from './recording.ts';
import { editionOf, RECORD, TEXT } from './views.ts';

const sha256 = (content: string): string => createHash('sha256').update(content, 'utf8').digest('hex');

/** What all that is decided about minutes has in common. */
function acting(parts: MinutesParts) {
  const { audit } = parts.platform;
  const { mustConduct } = meetingParts(parts);
  const { reads, visible } = lookingUp(parts);
  const noted = async (actor: Actor, event: string, id: string, data: Readonly<Record<string, string>>) =>
    audit.record({
      ...{ event, actorId: actor.personId, credentialId: actor.credentialId },
      subject: { kind: 'meeting', id },
      data,
    });
  /** Minutes that the actor conducts and reads: nobody lays before the body what they cannot see. */
  const conducted = async (actor: Actor, id: string): Promise<Held> => {
    const found = await visible(actor, id);
    mustConduct(actor, found);
    if (found.meeting.minutes !== undefined && !(await reads(actor, found.meeting)))
      throw new Problem('NOT_FOUND', 'no-such-minutes');
    return found;
  };
  return { conducted, noted };
}

/** Laying them before the body. */
function submitRoute(parts: MinutesParts) {
  const { platform, store, texts, feeding } = parts;
  const { access, papers } = platform;
  const os = implement(minutesApi).$context<Context>().use(requireActor);
  const { conduct } = meetingParts(parts);
  const { minutesOf, shown, visible } = lookingUp(parts);
  const { conducted, noted } = acting(parts);
  /** Nothing in the trash, broken or closed to the actor is laid before a body; a seal is what a crash may have left. */
  const mustBeWhole = async (actor: Actor, id: string): Promise<void> => {
    const verdict = await access.can(actor, 'document.edit', { kind: 'document', id });
    if (!verdict.ok && verdict.reason !== 'document-sealed') throw new Problem('FORBIDDEN', verdict.reason);
  };
  return {
    submit: os.submit.handler(async ({ input: { id }, context: { actor } }) => {
      const before = await conducted(actor, id);
      enforce(maySubmit(before.facts, before.meeting.minutes?.state));
      const minutes = minutesOf(before.meeting);
      await mustBeWhole(actor, minutes.documentId);
      await feeding.feed(id);
      // Sealed first: what is frozen is what nobody can change any more.
      await papers.seal(minutes.documentId, true);
      try {
        const version = await papers.freeze(minutes.documentId, actor.personId, before.meeting.title);
        const text = version === null ? null : await papers.content(minutes.documentId, version.versionId);
        if (version === null || text === null) throw new Problem('CONFLICT', 'paper-unreadable');
        const record = canonicalize(await recordOf(parts, await visible(actor, id), null)) ?? '';
        const recordHash = sha256(record);
        const edition = editionOf(id, minutes);
        await texts.keep(edition, TEXT, text.content);
        await texts.keep(edition, RECORD, record);
        const submitted = { by: actor.personId, ...version, recordHash };
        await conduct(actor, id, ({ meeting, facts, now }) => {
          enforce(maySubmit(facts, meeting.minutes?.state));
          return { minutes: { ...minutesOf(meeting), state: 'submitted', submitted: { ...submitted, at: now } } };
        });
        await noted(actor, 'minutes.submitted', id, { hash: version.hash, recordHash });
      } catch (error) {
        const now = await store.get(id);
        if (now?.minutes?.state === 'draft') await papers.seal(minutes.documentId, false);
        throw error;
      }
      return shown(actor, await visible(actor, id));
    }),
  };
}

/** Approving, opening again. */
function approvalRoutes(parts: MinutesParts) {
  const { platform, polls, feeding } = parts;
  const { papers } = platform;
  const os = implement(minutesApi).$context<Context>().use(requireActor);
  const { conduct } = meetingParts(parts);
  const { hasLater, minutesOf, shown, visible } = lookingUp(parts);
  const { conducted, noted } = acting(parts);
  return {
    approve: os.approve.handler(async ({ input: { id, meetingId, itemId }, context: { actor } }) => {
      const before = await conducted(actor, id);
      const later = await visible(actor, meetingId);
      const item = later.meeting.agenda.find((one) => one.id === itemId);
      const onItem = (await polls.ofMeeting(meetingId)).filter((poll) => poll.itemId === itemId);
      const votes = onItem.map(({ state, result }) => ({
        open: state === 'open' || state === 'closed',
        outcome: state === 'published' ? result?.outcome : undefined,
      }));
      const pollId = onItem.findLast(({ state, result }) => state === 'published' && result?.outcome === 'adopted')?.id;
      const judge = ({ meeting }: Held): MinutesFacts => {
        const minutes = minutesOf(meeting);
        const { endedAt, bodyId } = meeting;
        const facts = { meetingId: id, bodyId, state: minutes.state, ...(endedAt === undefined ? {} : { endedAt }) };
        enforce(mayApprove(facts, later.meeting, item, votes));
        return minutes;
      };
      const { documentId, submitted } = judge(before);
      // What is approved is what was submitted: nothing else can have come into the text since.
      if ((await papers.current(documentId)) !== submitted?.hash) throw new Problem('CONFLICT', 'text-moved');
      await conduct(actor, id, (found) => {
        const minutes = judge(found);
        const approved = { by: actor.personId, at: found.now, meetingId, itemId };
        return {
          minutes: {
            ...minutes,
            state: 'approved',
            approved: { ...approved, ...(pollId === undefined ? {} : { pollId }) },
          },
        };
      });
      await noted(actor, 'minutes.approved', id, { hash: submitted?.hash ?? '', meetingId });
      parts.telling.tell(later);
      return shown(actor, await visible(actor, id));
    }),
    reopen: os.reopen.handler(async ({ input: { id, reason }, context: { actor } }) => {
      const before = await conducted(actor, id);
      const later = await hasLater(before.meeting);
      await conduct(actor, id, ({ meeting, now }) => {
        enforce(mayReopen(meeting.minutes?.state, { later, reason }));
        const { submitted: _, approved: __, state, ...minutes } = minutesOf(meeting);
        const from = state === 'approved' ? 'approved' : 'submitted';
        const entry = { at: now, by: actor.personId, from, ...(reason === undefined ? {} : { reason }) } as const;
        return {
          minutes: {
            ...minutes,
            ...{ state: 'draft', edition: minutes.edition + 1, reopened: [...minutes.reopened, entry] },
          },
        };
      });
      const { documentId } = minutesOf(before.meeting);
      await papers.seal(documentId, false);
      feeding.due(id);
      await noted(actor, 'minutes.reopened', id, { from: before.meeting.minutes?.state ?? '' });
      return shown(actor, await visible(actor, id));
    }),
  };
}

export const decidingRoutes = (parts: MinutesParts) => ({ ...submitRoute(parts), ...approvalRoutes(parts) });
