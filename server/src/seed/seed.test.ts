import { createHash } from 'node:crypto';
import { MESSAGE_LIMITS } from '@concert/domain/threads/rules.ts';
import { readMessage } from '@concert/editor/message.ts';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { clientOf, signIn, startApp, type TestApp } from '../../test/harness.ts';
import { createApp } from '../app.ts';
import { BODIES } from './content/bodies.ts';
import { ACTIONS, DECISIONS } from './content/decisions.ts';
import { DISCUSSIONS } from './content/discussions.ts';
import { DOCUMENTS } from './content/documents.ts';
import { PEOPLE } from './content/people.ts';
import { WORKSPACES } from './content/workspaces.ts';
import { isDemonstration, seedDemo } from './seed.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startApp({ env: { DEMO: 'true' } });
});
afterAll(() => app.stop());

const as = async (id: string) =>
  clientOf(app.url, { cookie: await signIn(app.url, `${id}@demo.concert.test`, 'concert-demo') });

const counts = async () => {
  const { db } = app.app.platform;
  const of = (name: string) => db.collection(name).countDocuments({});
  return {
    people: await of('users'),
    workspaces: await of('workspaces'),
    documents: await of('documents'),
    versions: await of('versions'),
    threads: await of('threads'),
    replies: await of('replies'),
    decisions: await of('decisions'),
    actions: await of('action_items'),
  };
};

const EXPECTED = {
  people: PEOPLE.length,
  workspaces: WORKSPACES.length,
  documents: DOCUMENTS.length,
  versions: DOCUMENTS.length,
  threads: DISCUSSIONS.length,
  replies: DISCUSSIONS.reduce((sum, { replies }) => sum + replies.length, 0),
  decisions: DECISIONS.length,
  actions: ACTIONS.length,
};

describe('the demonstration region', () => {
  test('goes on where a start was cut short, and is loaded once', async () => {
    const { platform } = app.app;
    let edits = 0;
    const dying = {
      ...platform,
      rooms: {
        ...platform.rooms,
        edit: async (...edit: Parameters<typeof platform.rooms.edit>) => {
          edits += 1;
          if (edits > 4) throw new Error('the machine stops here');
          return platform.rooms.edit(...edit);
        },
      },
    };
    await expect(seedDemo(dying)).rejects.toThrow('the machine stops here');
    await seedDemo(platform);
    expect(await counts()).toEqual(EXPECTED);
    await seedDemo(platform);
    expect(await counts()).toEqual(EXPECTED);
  });

  test('its discussions are messages as an editor writes them, and those for staff are not shown to firms', async () => {
    const stored = await app.app.platform.db.collection<{ body: unknown }>('replies').find().toArray();
    for (const { body } of stored) {
      const read = readMessage(body, MESSAGE_LIMITS);
      expect(read.ok ? read.json : read.reason).toEqual(body);
    }
    const [agency, sme] = [await as('agency'), await as('sme')];
    const staff = DISCUSSIONS.filter((thread) => thread.staff).map(({ title }) => title);
    const titles = async (who: typeof sme) => (await who.threads.list({ limit: 200 })).items.map(({ title }) => title);
    expect(await titles(agency)).toEqual(expect.arrayContaining(staff));
    expect((await titles(sme)).filter((title) => staff.includes(title))).toEqual([]);
    const asked = DISCUSSIONS.find(({ replies: [first] }) => first.by === 'sme');
    expect(await titles(sme)).toContain(asked?.title);
  });

  test('its people sign in and see what their roles let them see', async () => {
    const [buyer, observer, sme] = [await as('buyer'), await as('observer'), await as('sme')];
    const mine = await buyer.documents.recent({ kind: 'needs-assessment', limit: 200 });
    expect(mine.items.length).toBeGreaterThanOrEqual(8);
    expect(mine.items.every(({ title, excerpt, completeness }) => title && excerpt && completeness)).toBe(true);
    expect((await observer.documents.recent({ limit: 200 })).items).toHaveLength(DOCUMENTS.length);
    const guest = await sme.documents.recent({ limit: 200 });
    const invited = WORKSPACES.filter(({ members }) => 'sme' in members).map(({ id }) => `demo-${id}`);
    expect([...new Set(guest.items.map(({ workspaceId }) => workspaceId))].sort()).toEqual(invited.sort());
  });

  test('it shows what a right through an organisation and a body gives, and what a conflict of interest takes', async () => {
    const [buyer, reviewer, legal] = [await as('buyer'), await as('reviewer3'), await as('legal')];
    const shared = await buyer.documents.recent({ shared: 'me', limit: 200 });
    expect(shared.items).toMatchObject([{ id: 'demo-need-winter-salt', workspaceName: '', shared: true }]);
    expect(await reviewer.workspaces.get({ id: 'demo-mobility' })).toMatchObject({ role: 'commenter' });
    await expect(legal.documents.get({ id: 'demo-need-hospital-linen' })).rejects.toMatchObject({ status: 404 });
    expect((await legal.governance.list({})).items).toHaveLength(BODIES.length);
    const owner = await as('buyer2');
    const { items } = await owner.sharing.documents.access({ id: 'demo-need-winter-salt', limit: 200 });
    expect(new Set(items.flatMap(({ reasons = [] }) => reasons.map(({ kind }) => kind)))).toEqual(
      new Set(['member', 'body', 'organisation']),
    );
  });

  test('its committee has decided: two decisions with kept texts and signatures, and action items of several people', async () => {
    const [buyer, observer, sme] = [await as('buyer'), await as('observer'), await as('sme')];
    const { items } = await observer.decisions.list({});
    const year = new Date(items[0]?.decidedOn ?? '').getFullYear();
    expect(items).toMatchObject([
      { number: `${year}-02`, state: 'published', basis: 'poll', result: 'adopted', reviewDue: false },
      { number: `${year}-01`, state: 'signed', basis: 'consensus' },
    ]);
    const stranger = await as('reviewer1');
    expect((await stranger.decisions.list({})).items).toMatchObject([{ number: `${year}-02` }]);
    expect((await sme.decisions.list({})).items).toEqual([]);
    const decision = await buyer.decisions.get({ id: 'demo-decision-night-falls' });
    expect(decision).toMatchObject({
      ...{ vote: { outcome: 'adopted' }, meeting: { id: 'demo-meeting-october' }, me: { signs: true } },
      papers: [{ documentId: 'demo-need-night-falls', changedSince: false, late: false, open: true }],
    });
    expect(decision.signatures.map(({ name }) => name)).toContain('Hélène Barraud');
    const [paper] = decision.papers;
    const kept = await buyer.decisions.paper({ id: decision.id, documentId: paper?.documentId ?? '' });
    expect(createHash('sha256').update(kept.content).digest('hex')).toBe(paper?.hash);
    const { content, hash } = await buyer.decisions.content({ id: decision.id });
    expect(createHash('sha256').update(content).digest('hex')).toBe(hash);
    const { items: todo } = await buyer.actions.list({});
    expect(todo).toHaveLength(ACTIONS.length);
    expect(new Set(todo.map(({ owner }) => owner.id)).size).toBeGreaterThanOrEqual(4);
    expect(todo.filter(({ overdue }) => overdue)).toHaveLength(1);
    expect(todo.filter(({ state }) => state === 'done')).toHaveLength(1);
    expect(todo.every(({ source }) => source !== undefined)).toBe(true);
  });

  test('its documents are texts like any other, with a version of the same hash as the text', async () => {
    const agency = await as('agency');
    const { items } = await agency.documents.recent({ limit: 200 });
    for (const { id } of items.slice(0, 3)) {
      const { items: versions } = await agency.documents.versions({ id });
      expect(versions).toHaveLength(1);
      const [first] = versions;
      if (first === undefined || (await agency.documents.get({ id })).role === 'viewer') continue;
      const again = await agency.documents.createVersion({ id, expectedHash: first.hash });
      expect(again.hash).toBe(first.hash);
    }
  });

  test('is not put among what somebody else has made, nor is anything of theirs offered', async () => {
    const own = await startApp();
    await own.as('first');
    const { config, db, log } = own.app.platform;
    const database = { db, ping: async () => undefined, close: async () => undefined };
    const again = await createApp({ config: { ...config, demo: true }, log, database });
    const url = await again.listen();
    await seedDemo(again.platform);
    expect(await db.collection('documents').countDocuments({})).toBe(0);
    expect(await db.collection('users').countDocuments({})).toBe(1);
    expect(await clientOf(url, {}).accounts.boot({})).toMatchObject({ demo: false });
    for (const path of ['/api/demo/accounts', '/api/demo/outbox']) expect((await fetch(url + path)).status).toBe(404);
    await again.platform.mail.send({ to: 'a@b.example', subject: 's', text: 't', html: 'h', messageId: 'm' });
    expect(await again.platform.mail.kept({ limit: 10 })).toEqual([]);
    await again.stop();
    await own.stop();
  });

  test('[check 65] its database, with passwords that everybody knows, is not opened to other machines', async () => {
    const { db } = app.app.platform;
    await expect(isDemonstration(db, { demo: false, host: '0.0.0.0', production: false })).rejects.toThrow(
      'HOST 0.0.0.0',
    );
    expect(await isDemonstration(db, { demo: false, host: '127.0.0.1', production: false })).toBe(false);
    expect(await isDemonstration(db, { demo: true, host: '127.0.0.1', production: false })).toBe(true);
  });
});
