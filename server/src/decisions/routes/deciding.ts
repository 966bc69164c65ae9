import { decisionsApi } from '@concert/domain/decisions/api.ts';
import { maySign, signsForAll } from '@concert/domain/decisions/people.ts';
import { isInForce, mayAnnul, mayPublish, TRANSITIONS } from '@concert/domain/decisions/states.ts';
import { MANDATE_ROLES } from '@concert/domain/governance/api.ts';
import { isRunning } from '@concert/domain/governance/mandates.ts';
import { implement } from '@orpc/server';
import type { BodyFacts } from '../../platform/bodies.ts';
import type { Context } from '../../platform/http/route.ts';
import { requireActor } from '../../platform/http/route.ts';
import { decisionParts, enforce, type Found, type Parts } from '../parts.ts';
import type { SignatureRecord } from '../records.ts';

/** What somebody is in a body, at their highest, and where they sit. */
export function standingIn({ mandates, seats }: BodyFacts, personId: string, now: Date) {
  const own = mandates
    .filter((one) => one.personId === personId && isRunning(one, now))
    .toSorted((one, other) => MANDATE_ROLES.indexOf(one.role) - MANDATE_ROLES.indexOf(other.role));
  const seatTitle = seats.find(({ id }) => own.some(({ seatId }) => seatId === id))?.title;
  return { role: own[0]?.role ?? 'member', ...(seatTitle ? { seatTitle } : {}) };
}

/** Signing, publishing, annulling. */
export function decidingRoutes(parts: Parts) {
  const { audit, outbox } = parts.platform;
  const os = implement(decisionsApi).$context<Context>().use(requireActor);
  const { alter, conduct } = decisionParts(parts);
  return {
    sign: os.sign.handler(async ({ input: { id, hash }, context: { actor } }) => {
      const after = await alter(actor, id, ({ decision, body, now }: Found) => {
        const { personId } = actor;
        const { state, signatures } = decision;
        const signers = signatures.map((one) => one.personId);
        const asked = { adopted: state !== 'draft', inForce: isInForce(state), signers };
        enforce(
          maySign(
            body,
            personId,
            { ...asked, ...(decision.hash === undefined ? {} : { hash: decision.hash }) },
            hash,
            now,
          ),
        );
        const signature: SignatureRecord = { personId, ...standingIn(body, personId, now), at: now, hash };
        const next = signsForAll(body, personId, now) ? TRANSITIONS.sign[state] : undefined;
        return { signatures: [...signatures, signature], ...(next === undefined ? {} : { state: next }) };
      });
      await audit.record({
        ...{ event: 'decisions.signed', actorId: actor.personId, credentialId: actor.credentialId },
        subject: { kind: 'decision', id },
        data: { hash },
      });
      return after;
    }),
    publish: os.publish.handler(async ({ input: { id }, context: { actor } }) => {
      const after = await conduct(actor, id, ({ decision, now }) => {
        enforce(mayPublish(decision.state));
        const events = [outbox.event('decisions.published', { decisionId: id }, actor.personId)];
        const state = TRANSITIONS.publish[decision.state] ?? decision.state;
        return { state, published: true, publishedAt: now, events };
      });
      await audit.record({
        ...{ event: 'decisions.published', actorId: actor.personId, credentialId: actor.credentialId },
        subject: { kind: 'decision', id },
      });
      return after;
    }),
    annul: os.annul.handler(async ({ input: { id, reason }, context: { actor } }) => {
      const after = await conduct(actor, id, ({ decision, now }) => {
        enforce(mayAnnul(decision.state));
        const state = TRANSITIONS.annul[decision.state] ?? decision.state;
        const events = [outbox.event('decisions.annulled', { decisionId: id }, actor.personId)];
        return { state, annulledReason: reason, annulledAt: now, events };
      });
      await audit.record({
        ...{ event: 'decisions.annulled', actorId: actor.personId, credentialId: actor.credentialId },
        subject: { kind: 'decision', id },
      });
      return after;
    }),
  };
}
