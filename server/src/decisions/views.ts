import type { Actor } from '@concert/contract';
import type { Decision, DecisionLine, KeptPaper } from '@concert/domain/decisions/api.ts';
import { resultOf } from '@concert/domain/decisions/grounds.ts';
import { dayOf, numberText } from '@concert/domain/decisions/numbers.ts';
import { maySign } from '@concert/domain/decisions/people.ts';
import { isInForce } from '@concert/domain/decisions/states.ts';
import { conducts } from '@concert/domain/governance/conducting.ts';
import { readerOf } from '../platform/rule-answers.ts';
import { type Found, meetingsOf, type Parts, sees } from './parts.ts';
import type { DecisionRecord } from './records.ts';

/** `{ [name]: value }`, or nothing for what is not there. */
const given = <Name extends string, Value>(name: Name, value: Value | undefined): { [Key in Name]?: Value } =>
  value === undefined ? {} : ({ [name]: value } as { [Key in Name]: Value });
const dated = <Name extends string>(name: Name, value: Date | undefined) => given(name, value?.toISOString());

const numberOf = ({ year, seq }: DecisionRecord): string | undefined =>
  seq === undefined ? undefined : numberText(year, seq);

/** A line of the register. */
export function lineView({ decision, body, now }: Found): DecisionLine {
  const { id, title, state, published, basis, vote, decidedAt, reviewOn } = decision;
  return {
    ...{ id, bodyId: body.id, bodyName: body.name, title, state, published, basis, result: resultOf(vote?.outcome) },
    ...given('number', numberOf(decision)),
    decidedOn: dayOf(decidedAt),
    ...given('reviewOn', reviewOn),
    reviewDue: reviewOn !== undefined && isInForce(state) && reviewOn <= dayOf(now),
  };
}

/** [R5] The texts that were voted on, and whether their documents say something else now. */
async function papersView(
  { platform }: Parts,
  { papers, decidedAt, basis }: DecisionRecord,
  actor: Actor,
): Promise<KeptPaper[]> {
  const cards = await platform.subjects.of('document')?.cards(
    actor,
    papers.map(({ documentId }) => documentId),
  );
  return Promise.all(
    papers.map(async ({ frozenAt, ...paper }) => {
      const now = await platform.papers.current(paper.documentId);
      return {
        ...paper,
        frozenAt: frozenAt.toISOString(),
        late: basis === 'poll' && frozenAt > decidedAt,
        ...given('changedSince', now === null ? undefined : now !== paper.hash),
        open: cards?.has(paper.documentId) ?? false,
      };
    }),
  );
}

async function signaturesView({ platform }: Parts, { signatures }: DecisionRecord) {
  const people = await platform.auth.people.byIds(signatures.map(({ personId }) => personId));
  return signatures.map(({ at, ...signature }) => ({
    ...signature,
    name: people.get(signature.personId)?.name ?? '',
    color: people.get(signature.personId)?.color ?? '#868e96',
    at: at.toISOString(),
  }));
}

/** What a decision supersedes and by what it is superseded, as far as the reader may see them. */
async function chainView({ platform, store }: Parts, { decision, body, now }: Found, actor: Actor) {
  const { supersedes, supersededBy } = decision;
  const others = await store.getAll([supersedes, supersededBy].filter((id) => id !== undefined));
  const barred = await platform.resolutions.barredFrom(actor.personId, meetingsOf(others));
  const linkTo = (id: string | undefined) => {
    const other = others.find((one) => one.id === id);
    if (other === undefined || !sees(actor, { decision: other, body, now }, barred)) return undefined;
    return { id: other.id, title: other.title, ...given('number', numberOf(other)) };
  };
  return { ...given('supersedes', linkTo(supersedes)), ...given('supersededBy', linkTo(supersededBy)) };
}

/** A decision as one reader may see it. */
export async function decisionView(parts: Parts, found: Found, actor: Actor): Promise<Decision> {
  const { decision, body, now } = found;
  const { state, vote, hash, signatures, meeting } = decision;
  const [papers, signed, chain, polls] = await Promise.all([
    papersView(parts, decision, actor),
    signaturesView(parts, decision),
    chainView(parts, found, actor),
    parts.platform.resolutions.of(vote === undefined ? [] : [vote.pollId]),
  ]);
  const inForce = isInForce(state);
  const signers = signatures.map(({ personId }) => personId);
  const signing = { adopted: state !== 'draft', inForce, signers, ...given('hash', hash) };
  return {
    ...lineView(found),
    ...{ rev: decision.rev, text: decision.text, grounds: decision.grounds, effects: [...decision.effects] },
    ...given('recommendation', decision.recommendation),
    ...given('meeting', meeting),
    ...given('vote', vote && { ...vote, closedAt: vote.closedAt?.toISOString() }),
    voteAnnulled: vote !== undefined && (polls.get(vote.pollId)?.annulled ?? false),
    papers,
    ...chain,
    signatures: signed,
    ...given('hash', hash),
    ...dated('adoptedAt', decision.adoptedAt),
    ...dated('publishedAt', decision.publishedAt),
    ...dated('annulledAt', decision.annulledAt),
    ...given('annulledReason', decision.annulledReason),
    me: {
      conducts: conducts(body, readerOf(actor), now),
      signs: maySign(body, actor.personId, signing, hash ?? '', now).ok,
    },
  };
}
