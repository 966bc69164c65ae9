import { reminderFor } from '@concert/domain/decisions/actions.ts';
import { dayOf, daysAfter, yearOf } from '@concert/domain/decisions/numbers.ts';
import { type ActionRecord, reminderKey } from '../decisions/actions/records.ts';
import { actionStore } from '../decisions/actions/store.ts';
import { contentOf } from '../decisions/adopting.ts';
import type { DecisionRecord, PaperRecord, SignatureRecord } from '../decisions/records.ts';
import { standingIn } from '../decisions/routes/deciding.ts';
import { decisionStore } from '../decisions/store.ts';
import { textStore } from '../decisions/texts.ts';
import type { BodyFacts } from '../platform/bodies.ts';
import type { Platform } from '../platform/module.ts';
import { ACTIONS, DECISIONS } from './content/decisions.ts';
import { MEETINGS } from './content/meetings.ts';
import type { SeedAction, SeedDecision } from './content/types.ts';
import { demoId, personIn } from './people.ts';
import { SEATED } from './rights.ts';

type People = ReadonlyMap<string, string>;

const MINUTE_MS = 60_000;
const DAY_MS = 1_440 * MINUTE_MS;

const meetingOf = (item: string): string =>
  demoId(MEETINGS.find(({ items }) => items.some(({ id }) => id === item))?.id ?? '');

/** The item of a meeting that was held, and what was voted on it. */
async function heldItem({ resolutions }: Platform, itemId: string) {
  const item = await resolutions.item(meetingOf(itemId), demoId(itemId));
  if (item === null) throw new Error(`there is no item ${itemId} in the meetings of the demonstration`);
  const { meetingId, meetingTitle, itemTitle } = item;
  return { meetingId, meetingTitle, itemId: item.itemId, itemTitle };
}

/** The texts that were voted on, kept as the register keeps them: frozen when the meeting was convened. */
async function keepPapers(
  { db, papers }: Platform,
  { id, papers: shorts }: SeedDecision,
  frozenAt: Date,
): Promise<readonly PaperRecord[]> {
  const kept: PaperRecord[] = [];
  for (const short of shorts) {
    const paper = await papers.content(demoId(short), `${demoId(short)}-1`);
    if (paper === null) throw new Error(`there is no version of ${short} in the demonstration`);
    const { content, title, kind, versionId, hash } = paper;
    await textStore(db).keep(demoId(id), demoId(short), content);
    kept.push({ documentId: demoId(short), versionId, title, kind, hash, frozenAt });
  }
  return kept;
}

type Made = { readonly body: BodyFacts; readonly people: People; readonly seq: number };

/** A decision as it is after it was adopted and signed, a day after the sitting. */
async function adopted(platform: Platform, source: SeedDecision, { body, people, seq }: Made): Promise<DecisionRecord> {
  const { id, item, poll, title, text, basis, effects = [], signedBy, published = false, reviewIn } = source;
  const secretary = personIn(people, 'secretary');
  const { meetingId, meetingTitle, itemId, itemTitle } = await heldItem(platform, item);
  const resolution = poll === undefined ? undefined : (await platform.resolutions.of([demoId(poll)])).get(demoId(poll));
  const now = platform.ports.now();
  const decidedAt = resolution?.closedAt ?? new Date(now.getTime() - 42 * DAY_MS);
  const adoptedAt = new Date(decidedAt.getTime() + DAY_MS + seq * MINUTE_MS);
  const year = yearOf(decidedAt);
  const draft: DecisionRecord = {
    ...{ id: demoId(id), rev: 0, bodyId: body.id, title, text, basis, grounds: '', effects },
    ...(source.recommendation === undefined ? {} : { recommendation: source.recommendation }),
    meeting: { id: meetingId, title: meetingTitle, itemId, itemTitle },
    ...(resolution?.vote === undefined
      ? {}
      : { vote: { ...resolution.vote, pollId: resolution.pollId, closedAt: decidedAt } }),
    papers: await keepPapers(platform, source, new Date(decidedAt.getTime() - 20 * DAY_MS)),
    ...{ decidedAt, year, seq, state: published ? 'published' : 'signed', published, signatures: [] },
    ...(reviewIn === undefined ? {} : { reviewOn: daysAfter(dayOf(now), reviewIn) }),
    ...{ adoptedAt, adoptedBy: secretary, sortAt: adoptedAt, createdBy: secretary, createdAt: decidedAt },
    ...(published ? { publishedAt: new Date(adoptedAt.getTime() + 3 * DAY_MS) } : {}),
    ...{ place: `${body.id}:${year}:${seq}`, replaces: `none:${demoId(id)}` },
  };
  const { content, hash } = contentOf(draft, body, seq);
  const signatures = signedBy.map((short, n): SignatureRecord => {
    const personId = personIn(people, short);
    const at = new Date(adoptedAt.getTime() + (n + 1) * 95 * MINUTE_MS);
    return { personId, ...standingIn(body, personId, at), at, hash };
  });
  return { ...draft, content, hash, signatures };
}

async function actionOf(platform: Platform, source: SeedAction, bodyId: string, people: People): Promise<ActionRecord> {
  const { id, title, note = '', owner, decision, due, done, state } = source;
  const now = platform.ports.now();
  const item = source.item ?? DECISIONS.find((one) => one.id === decision)?.item;
  const dueOn = daysAfter(dayOf(now), due);
  const ownerId = personIn(people, owner);
  // Nobody is reminded of what they were given before they came here.
  const what = reminderFor({ state, dueOn }, dayOf(now));
  return {
    ...{ id: demoId(id), rev: 0, bodyId, title, note, ownerId, state, closed: false, dueOn, dueKey: dueOn },
    ...(decision === undefined ? {} : { decisionId: demoId(decision) }),
    ...(item === undefined ? {} : { about: await heldItem(platform, item) }),
    ...(done === undefined ? {} : { doneAt: new Date(now.getTime() + done * DAY_MS) }),
    ...(what === undefined ? {} : { reminded: reminderKey({ what, dueOn, ownerId }) }),
    ...{ createdBy: personIn(people, 'secretary'), createdAt: new Date(now.getTime() - 40 * DAY_MS) },
  };
}

/** What the steering committee has decided, and what is to be done; what is there already stays as it is. */
export async function seedDecisions(platform: Platform, people: People): Promise<void> {
  const { bodies, db } = platform;
  const body = (await bodies.byIds([demoId(SEATED)])).get(demoId(SEATED));
  if (body === undefined) return;
  const [store, actions] = [decisionStore(db), actionStore(db)];
  for (const [n, source] of DECISIONS.entries())
    if ((await store.get(demoId(source.id))) === null)
      await store.insert(await adopted(platform, source, { body, people, seq: n + 1 }), []);
  for (const source of ACTIONS)
    if ((await actions.get(demoId(source.id))) === null)
      await actions.insert(await actionOf(platform, source, body.id, people), []);
}
