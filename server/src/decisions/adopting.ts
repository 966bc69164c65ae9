import { createHash } from 'node:crypto';
import { type Actor, Problem } from '@concert/contract';
import { restsOnPoll, resultOf } from '@concert/domain/decisions/grounds.ts';
import { dayOf, numberText } from '@concert/domain/decisions/numbers.ts';
import { mayDraft, maySupersede, TRANSITIONS } from '@concert/domain/decisions/states.ts';
import canonicalize from 'canonicalize';
import type { BodyFacts } from '../platform/bodies.ts';
import { enforce, type Parts } from './parts.ts';
import type { DecisionRecord } from './records.ts';
import type { DecisionChange } from './store.ts';

/** How adopted decisions are written; it is part of their hash. */
const CONTENT_FORMAT = 1;

/** [R7] What is adopted and signed, in its one form, with its SHA-256. */
export function contentOf(decision: DecisionRecord, body: BodyFacts, seq: number): { content: string; hash: string } {
  const { year, title, text, basis, grounds, recommendation, effects, meeting, vote, papers } = decision;
  const content = canonicalize({
    schema: CONTENT_FORMAT,
    body: { id: body.id, name: body.name },
    ...{ number: numberText(year, seq), decidedOn: dayOf(decision.decidedAt), title, text, basis, grounds, effects },
    ...(recommendation === undefined ? {} : { recommendation }),
    result: resultOf(vote?.outcome),
    ...(meeting === undefined ? {} : { meeting }),
    ...(vote === undefined
      ? {}
      : { vote: { ...vote, ...(vote.closedAt === undefined ? {} : { closedAt: vote.closedAt.toISOString() }) } }),
    papers: papers.map(({ frozenAt, ...paper }) => ({ ...paper, frozenAt: frozenAt.toISOString() })),
    ...(decision.reviewOn === undefined ? {} : { reviewOn: decision.reviewOn }),
    ...(decision.supersedes === undefined ? {} : { supersedes: decision.supersedes }),
  });
  if (content === undefined) throw new Error('a decision has no canonical form');
  return { content, hash: createHash('sha256').update(content, 'utf8').digest('hex') };
}

/** [R3] On one poll rests one decision that holds, but for the one that it corrects; and the poll still stands. */
async function mustStillRest({ platform, store }: Parts, { bodyId, vote, supersedes }: DecisionRecord): Promise<void> {
  if (vote === undefined) return;
  const poll = (await platform.resolutions.of([vote.pollId])).get(vote.pollId);
  enforce(restsOnPoll(poll ? { bodyId: poll.bodyId, published: poll.published, outcome: vote.outcome } : null, bodyId));
  const others = await store.restingOn(vote.pollId);
  if (others.some(({ id }) => id !== supersedes)) throw new Problem('CONFLICT', 'poll-already-recorded');
}

/** [R4] [R5] [R7] Adopts a draft: its texts are copied first, and its number comes with the write that adopts it. */
export async function adopt(
  parts: Parts,
  actor: Actor,
  { decision: draft, body }: { readonly decision: DecisionRecord; readonly body: BodyFacts },
): Promise<DecisionRecord> {
  const { platform, store, texts } = parts;
  const { audit, outbox, papers, ports } = platform;
  enforce(mayDraft(draft.state));
  for (const { documentId, versionId, hash } of draft.papers) {
    const paper = await papers.content(documentId, versionId);
    if (paper === null || paper.hash !== hash) throw new Problem('CONFLICT', 'paper-unreadable');
    await texts.keep(draft.id, documentId, paper.content);
  }
  const saved = await store.adopt(draft, async (decision, seq): Promise<DecisionChange> => {
    enforce(mayDraft(decision.state));
    await mustStillRest(parts, decision);
    if (decision.supersedes !== undefined) {
      if ((await store.replacing(decision.supersedes)) !== null) throw new Problem('CONFLICT', 'already-superseded');
      const former = await store.get(decision.supersedes);
      enforce(maySupersede(former ?? { bodyId: '', state: 'draft' }, body.id));
    }
    const adoptedAt = ports.now();
    return {
      ...{ state: TRANSITIONS.adopt[decision.state] ?? decision.state, adoptedAt, sortAt: adoptedAt },
      ...{ adoptedBy: actor.personId, ...contentOf(decision, body, seq) },
      events: [outbox.event('decisions.adopted', { decisionId: decision.id, bodyId: body.id }, actor.personId)],
    };
  });
  await supersede(parts, saved);
  await audit.record({
    ...{ event: 'decisions.adopted', actorId: actor.personId, credentialId: actor.credentialId },
    subject: { kind: 'decision', id: saved.id },
    data: { number: numberText(saved.year, saved.seq ?? 0), basis: saved.basis, hash: saved.hash ?? '' },
  });
  return saved;
}

/** [R7] What an adopted decision supersedes holds no more. Harmless to repeat. Answers what was superseded. */
export async function supersede(
  { store }: Parts,
  { id, supersedes, state }: DecisionRecord,
): Promise<DecisionRecord | null> {
  if (supersedes === undefined || state === 'draft') return null;
  return store.change(supersedes, (former) => {
    const next = TRANSITIONS.supersede[former.state];
    return next === undefined ? {} : { state: next, supersededBy: id };
  });
}
