import { type Actor, Problem } from '@concert/contract';
import type { Decision } from '@concert/domain/decisions/api.ts';
import { seesDecision } from '@concert/domain/decisions/people.ts';
import { CONDUCTING, conducts } from '@concert/domain/governance/conducting.ts';
import { isRunning } from '@concert/domain/governance/mandates.ts';
import type { BodyFacts } from '../platform/bodies.ts';
import type { Reader as PlatformReader } from '../platform/mentions.ts';
import type { Platform } from '../platform/module.ts';
import { readerOf, refusing } from '../platform/rule-answers.ts';
import type { DecisionRecord } from './records.ts';
import { FOUND_DECISIONS } from './searching.ts';
import { DECISIONS, type DecisionChange, type DecisionStore } from './store.ts';
import type { TextStore } from './texts.ts';
import { decisionView } from './views.ts';

export type Parts = { readonly platform: Platform; readonly store: DecisionStore; readonly texts: TextStore };

export const notFound = (): Problem => new Problem('NOT_FOUND', 'not-found');

/** Turns the refusal of a rule into what is answered. */
export const enforce = refusing({
  badRequests: ['grounds-missing', 'reason-missing'],
  forbidden: ['not-a-conductor', 'not-sitting', 'not-yours'],
});

/** A decision with its body, as the rules see both. */
export type Found = { readonly decision: DecisionRecord; readonly body: BodyFacts; readonly now: Date };

/** [R2] Whether somebody sees a decision; `barred` are the items that are kept from them. */
export const sees = (reader: PlatformReader, { decision, body, now }: Found, barred: ReadonlySet<string>): boolean =>
  seesDecision(
    body,
    readerOf(reader),
    {
      drafted: decision.state === 'draft',
      published: decision.published,
      decidedAt: decision.decidedAt,
      barred: decision.meeting !== undefined && barred.has(decision.meeting.itemId),
    },
    now,
  );

/** The meetings of these decisions, whose conflicts of interest may keep somebody from them. */
export const meetingsOf = (decisions: readonly DecisionRecord[]): readonly string[] =>
  decisions.flatMap(({ meeting }) => (meeting === undefined ? [] : [meeting.id]));

/** Tells those whom it may concern that a decision has changed. What it says is not told. */
export function tell({ live, outcomes, search }: Platform, { decision, body, now }: Found): void {
  if (decision.meeting !== undefined && decision.state !== 'draft') outcomes.changed(decision.meeting.id);
  const event = { bodyId: body.id, decisionId: decision.id };
  search.changed(FOUND_DECISIONS, [decision.id]);
  const concerned = body.mandates.filter(
    (one) => decision.state !== 'draft' || (CONDUCTING.has(one.role) && isRunning(one, now)),
  );
  const personIds = [...new Set(concerned.map(({ personId }) => personId))];
  live.toBody({ personIds, members: decision.published }, 'decisions.changed', event);
}

/** Looking up decisions, and changing them. */
export function decisionParts(parts: Parts) {
  const { platform, store } = parts;
  const { bodies, outbox, ports, resolutions } = platform;
  const bodyOf = async (bodyId: string): Promise<BodyFacts | undefined> => (await bodies.byIds([bodyId])).get(bodyId);
  /** A decision that the actor sees; unknown and foreign ones look alike. */
  const visible = async (actor: Actor, id: string): Promise<Found> => {
    const decision = await store.get(id);
    const body = decision === null ? undefined : await bodyOf(decision.bodyId);
    if (decision === null || body === undefined) throw notFound();
    const found = { decision, body, now: ports.now() };
    const barred = await resolutions.barredFrom(actor.personId, meetingsOf([decision]));
    if (!sees(actor, found, barred)) throw notFound();
    return found;
  };
  const mustConduct = (actor: Actor, { body, now }: Pick<Found, 'body' | 'now'>): void => {
    if (!conducts(body, readerOf(actor), now)) throw new Problem('FORBIDDEN', 'not-a-conductor');
  };
  /** A body that the actor knows: guests of the platform see only those in which they have a mandate. */
  const known = async (actor: Actor, bodyId: string): Promise<BodyFacts | undefined> => {
    const body = await bodyOf(bodyId);
    const own = body?.mandates.some(({ personId }) => personId === actor.personId) ?? false;
    return actor.platformRole === 'guest' && !own ? undefined : body;
  };
  /** A body in whose name the actor acts. */
  const conducted = async (actor: Actor, bodyId: string): Promise<BodyFacts> => {
    const body = await known(actor, bodyId);
    if (body === undefined) throw new Problem('NOT_FOUND', 'no-such-body');
    mustConduct(actor, { body, now: ports.now() });
    return body;
  };
  const shown = (actor: Actor, found: Found): Promise<Decision> => decisionView(parts, found, actor);
  /** Tells a decision as it was saved, and answers it. */
  const answered = (actor: Actor, decision: DecisionRecord, body: BodyFacts): Promise<Decision> => {
    const after = { decision, body, now: ports.now() };
    outbox.wake(DECISIONS);
    tell(platform, after);
    return shown(actor, after);
  };
  /** Judges and changes a decision that the actor sees, tells it, and answers it. */
  const alter = async (
    actor: Actor,
    id: string,
    decide: (found: Found) => DecisionChange | Promise<DecisionChange>,
  ): Promise<Decision> => {
    const { body } = await visible(actor, id);
    const saved = await store.change(id, (decision) => decide({ decision, body, now: ports.now() }));
    return answered(actor, saved, body);
  };
  /** The same for who acts for the body. */
  const conduct = (
    actor: Actor,
    id: string,
    decide: (found: Found) => DecisionChange | Promise<DecisionChange>,
  ): Promise<Decision> =>
    alter(actor, id, (found) => {
      mustConduct(actor, found);
      return decide(found);
    });
  return { alter, answered, conduct, conducted, known, mustConduct, shown, visible };
}
