import { REMINDED_BEFORE, reminderFor } from '@concert/domain/decisions/actions.ts';
import { dayOf, daysAfter, numberText } from '@concert/domain/decisions/numbers.ts';
import { CONDUCTING } from '@concert/domain/governance/conducting.ts';
import { isRunning } from '@concert/domain/governance/mandates.ts';
import type { BodyFacts } from '../../platform/bodies.ts';
import type { ActionRecord } from '../actions/records.ts';
import type { ActionStore } from '../actions/store.ts';
import type { Parts } from '../parts.ts';
import type { DecisionRecord } from '../records.ts';
import { type Reminded, reminderLetter } from './letters.ts';

const HOUR_MS = 3_600_000;

/** Whether a mail server has said that it will never take a letter (RFC 5321 4.2.1). */
const isForGood = (error: unknown): boolean => {
  const code: unknown = typeof error === 'object' && error !== null ? Reflect.get(error, 'responseCode') : undefined;
  return typeof code === 'number' && code >= 500;
};

/**
 * [R11] [AI6] Reminds of what is due. Each thing is taken by one instance at a time and noted once its letters have gone; what
 * fails is tried again an hour later. A letter has the same Message-ID however often it is sent.
 */
export async function remind(parts: Parts, actions: ActionStore): Promise<void> {
  const { platform, store } = parts;
  const { auth, bodies, log, mail, ports, site } = platform;
  const now = ports.now();
  const today = dayOf(now);

  /** Whether the letters have gone, or never will. */
  const write = async (personIds: readonly string[], id: string, reminded: Reminded): Promise<boolean> => {
    let gone = true;
    for (const person of (await auth.people.byIds(personIds)).values()) {
      if (person.suspended) continue;
      const letter = reminderLetter(reminded, person.locale);
      const messageId = `${id}.${reminded.what}.${reminded.day}.${person.id}`;
      await mail.send({ to: person.email, ...letter, messageId }).catch((error: unknown) => {
        log.warn({ err: error, personId: person.id }, 'a reminder could not be delivered');
        gone &&= isForGood(error);
      });
    }
    return gone;
  };
  const ofAction = async (action: ActionRecord, body: BodyFacts | undefined): Promise<void> => {
    const what = reminderFor(action, today);
    const { id, ownerId, title, dueOn: day = '' } = action;
    const key = `${what}:${day}:${ownerId}`;
    if (what === undefined || body === undefined || !(await actions.takeTurn(id, key, now))) return;
    const reminded = { what, title, day, bodyName: body.name, link: `${site.url()}/actions` };
    if (await write([ownerId], id, reminded)) await actions.reminded(id, key);
  };
  const ofDecision = async (decision: DecisionRecord, body: BodyFacts | undefined): Promise<void> => {
    const { id, title, reviewOn: day = '', year, seq = 0 } = decision;
    if (body === undefined || !(await store.takeTurn(id, now))) return;
    const leading = body.mandates.filter((one) => CONDUCTING.has(one.role) && isRunning(one, now));
    const reminded = {
      what: 'review',
      title,
      day,
      bodyName: body.name,
      link: `${site.url()}/decisions/${id}`,
    } as const;
    const personIds = [...new Set(leading.map(({ personId }) => personId))];
    if (await write(personIds, id, { ...reminded, number: numberText(year, seq) })) await store.reminded(id, now);
  };

  const [due, review] = await Promise.all([actions.dueUntil(daysAfter(today, REMINDED_BEFORE)), store.toReview(today)]);
  const named = await bodies.byIds([...due, ...review].map(({ bodyId }) => bodyId));
  for (const action of due) await ofAction(action, named.get(action.bodyId));
  for (const decision of review) await ofDecision(decision, named.get(decision.bodyId));
}

/** Reminds at the start and every hour; answers how to stop. */
export function keepReminding(parts: Parts, actions: ActionStore): () => Promise<void> {
  const { log } = parts.platform;
  const run = (): Promise<void> =>
    remind(parts, actions).catch((error: unknown) => {
      log.warn({ err: error }, 'not everybody could be reminded; trying again in an hour');
    });
  let running = run();
  const timer = setInterval(() => {
    running = running.then(run);
  }, HOUR_MS).unref();
  return async () => {
    clearInterval(timer);
    await running;
  };
}
