import { type Actor, Problem } from '@concert/contract';
import type { DecisionDraft } from '@concert/domain/decisions/api.ts';
import { restsOnPoll, saysHow } from '@concert/domain/decisions/grounds.ts';
import { dayOf, noonOf, yearOf } from '@concert/domain/decisions/numbers.ts';
import { maySupersede } from '@concert/domain/decisions/states.ts';
import type { BodyFacts } from '../platform/bodies.ts';
import type { ItemFacts, Resolution } from '../platform/resolutions.ts';
import { enforce, type Parts } from './parts.ts';
import type { DecisionRecord, PaperRecord } from './records.ts';
import { DRAFTS_AT } from './store.ts';

/** What was voted on, or where it was decided. */
type Source = { readonly item?: ItemFacts; readonly poll?: Resolution };

async function sourceOf({ platform: { resolutions } }: Parts, draft: DecisionDraft, actor: Actor): Promise<Source> {
  const { basis, pollId, meetingId, itemId, bodyId } = draft;
  if (basis === 'poll') {
    const poll = pollId === undefined ? undefined : (await resolutions.of([pollId])).get(pollId);
    const known = poll && { bodyId: poll.bodyId, published: poll.published, outcome: poll.vote?.outcome };
    const { outcome, ...rest } = known ?? { bodyId: '', published: false, outcome: undefined };
    enforce(restsOnPoll(known === undefined ? null : { ...rest, ...(outcome ? { outcome } : {}) }, bodyId));
    return poll === undefined ? {} : { item: await unbarred({ resolutions }, poll, actor), poll };
  }
  enforce(saysHow(basis, draft.grounds ?? ''));
  if (meetingId === undefined || itemId === undefined) return {};
  const item = await resolutions.item(meetingId, itemId);
  if (item === null || item.bodyId !== bodyId) throw new Problem('NOT_FOUND', 'no-such-item');
  return { item: await unbarred({ resolutions }, item, actor) };
}

/** Who is barred from an item by a conflict of interest does not write down what was decided on it. */
async function unbarred(
  { resolutions }: Pick<Parts['platform'], 'resolutions'>,
  item: ItemFacts,
  { personId }: Actor,
): Promise<ItemFacts> {
  const barred = await resolutions.barredFrom(personId, [item.meetingId]);
  if (barred.has(item.itemId)) throw new Problem('NOT_FOUND', 'no-such-item');
  return item;
}

/** [R5] The states of documents that were voted on: those frozen for the meeting; where none was, as they are now. */
async function papersOf(
  { platform: { access, papers } }: Parts,
  actor: Actor,
  { title, documents }: DecisionDraft,
  item: ItemFacts | undefined,
): Promise<readonly PaperRecord[]> {
  const ids = [...new Set(documents ?? item?.papers.map(({ documentId }) => documentId) ?? [])];
  const kept: PaperRecord[] = [];
  for (const documentId of ids) {
    if ((await access.standing(actor, { kind: 'document', id: documentId })) === null)
      throw new Problem('NOT_FOUND', 'no-such-document');
    const frozen = item?.papers.find((one) => one.documentId === documentId)?.versionId;
    const versionId = frozen ?? (await papers.freeze(documentId, actor.personId, title))?.versionId;
    const paper = versionId === undefined ? null : await papers.content(documentId, versionId);
    if (paper === null) throw new Problem('CONFLICT', 'paper-unreadable');
    const { content: _, ...facts } = paper;
    kept.push({ documentId, ...facts });
  }
  return kept;
}

/** A decision that is worded and not adopted yet. */
export async function draftOf(
  parts: Parts,
  actor: Actor,
  body: BodyFacts,
  draft: DecisionDraft,
): Promise<DecisionRecord> {
  const { platform, store } = parts;
  const now = platform.ports.now();
  const { item, poll } = await sourceOf(parts, draft, actor);
  const { supersedes, decidedOn, reviewOn, recommendation } = draft;
  if (decidedOn !== undefined && decidedOn > dayOf(now)) throw new Problem('BAD_REQUEST', 'in-the-future');
  if (supersedes !== undefined) {
    const former = await store.get(supersedes);
    enforce(maySupersede(former ?? { bodyId: '', state: 'draft' }, body.id));
  }
  const day = decidedOn === undefined || decidedOn === dayOf(now) ? now : noonOf(decidedOn);
  const decidedAt = poll?.closedAt ?? day;
  const id = platform.ports.newId();
  const vote = poll?.vote;
  return {
    ...{ id, rev: 0, bodyId: body.id, title: draft.title, text: draft.text, basis: draft.basis },
    ...{ grounds: draft.grounds ?? '', effects: draft.effects ?? [] },
    ...(recommendation === undefined ? {} : { recommendation }),
    ...(item === undefined
      ? {}
      : { meeting: { id: item.meetingId, title: item.meetingTitle, itemId: item.itemId, itemTitle: item.itemTitle } }),
    ...(poll === undefined || vote === undefined
      ? {}
      : { vote: { ...vote, pollId: poll.pollId, ...(poll.closedAt ? { closedAt: poll.closedAt } : {}) } }),
    papers: await papersOf(parts, actor, draft, item),
    ...{ decidedAt, year: yearOf(decidedAt), state: 'draft', published: false, signatures: [] },
    ...(reviewOn === undefined ? {} : { reviewOn }),
    ...(supersedes === undefined ? {} : { supersedes }),
    ...{ place: `draft:${id}`, replaces: `none:${id}`, sortAt: DRAFTS_AT },
    ...{ createdBy: actor.personId, createdAt: now },
  };
}
