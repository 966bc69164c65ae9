import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startApp, type TestApp, type TestPerson, until } from '../../test/harness.ts';
import { invitationLetter } from './letter.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startApp({ env: { DEMO: 'true' } });
});
afterAll(() => app.stop());

const REFUSED = { 404: { status: 404, data: { reason: 'not-found' } } } as const;

/** A workspace of `owner` with these others in it. */
async function workspaceOf(
  owner: TestPerson,
  others: Partial<Record<'owner' | 'editor' | 'commenter' | 'viewer', TestPerson>> = {},
): Promise<string> {
  const { id } = await owner.api.workspaces.create({ name: 'Needs 2026' });
  for (const [role, person] of Object.entries(others))
    await owner.api.workspaces.addMember({ id, email: person.email, role: role as 'editor' });
  return id;
}

/** The secret of the newest letter to an address, once it has left. */
async function secretFor(email: string, not?: string): Promise<string> {
  return until(`a letter to ${email}`, async () => {
    const letters = await app.app.platform.mail.kept({ limit: 200 });
    const token = letters.find(({ to }) => to === email)?.text.match(/invitations#([A-Za-z0-9_-]{43})/)?.[1];
    return token === not ? undefined : token;
  });
}

const rolesIn = async (person: TestPerson, id: string): Promise<Record<string, string>> => {
  const { items } = await person.api.workspaces.members({ id, limit: 200 });
  return Object.fromEntries(items.map(({ email, role }) => [email, role]));
};

describe('workspaces', () => {
  test('who creates one owns it, finds it, renames it, archives and reopens it', async () => {
    const anna = await app.as('anna');
    const made = await anna.api.workspaces.create({ name: 'Health', description: 'Hospitals' });
    expect(made).toMatchObject({ role: 'owner', state: 'active', memberCount: 1, documentCount: 0 });
    const { items } = await anna.api.workspaces.list({ limit: 50 });
    expect(items.map(({ id }) => id)).toContain(made.id);
    const renamed = await anna.api.workspaces.update({ id: made.id, name: 'Health and age' });
    expect(renamed).toMatchObject({ name: 'Health and age', description: 'Hospitals' });
    expect(await anna.api.workspaces.update({ id: made.id, state: 'archived' })).toMatchObject({ state: 'archived' });
    await expect(anna.api.workspaces.update({ id: made.id, name: 'Not now' })).rejects.toMatchObject({
      status: 403,
      data: { reason: 'workspace-archived' },
    });
    expect((await anna.api.workspaces.list({ limit: 50, state: 'archived' })).items).toHaveLength(1);
    expect(await anna.api.workspaces.update({ id: made.id, state: 'active' })).toMatchObject({ state: 'active' });
  });

  test('the list is paged in the order of names', async () => {
    const person = await app.as('pager');
    for (const name of ['Évian', 'annecy', 'Zinal', 'Bourg']) await person.api.workspaces.create({ name });
    const names: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await person.api.workspaces.list({ limit: 2, cursor });
      names.push(...page.items.map(({ name }) => name));
      cursor = page.next;
    } while (cursor !== undefined);
    expect(names).toEqual(['annecy', 'Bourg', 'Évian', 'Zinal']);
  });

  test('a stranger’s every question about a workspace is answered as if it did not exist', async () => {
    const [anna, stranger, other] = [await app.as('anna'), await app.as('stranger'), await app.as('other')];
    const id = await workspaceOf(anna);
    const { workspaces } = stranger.api;
    const ask = (workspaceId: string) => [
      () => workspaces.get({ id: workspaceId }),
      () => workspaces.update({ id: workspaceId, name: 'Mine' }),
      () => workspaces.update({ id: workspaceId, state: 'archived' as const }),
      () => workspaces.members({ id: workspaceId, limit: 10 }),
      () => workspaces.addMember({ id: workspaceId, email: other.email, role: 'viewer' as const }),
      () => workspaces.addMember({ id: workspaceId, email: stranger.email, role: 'owner' as const }),
      () => workspaces.changeMember({ id: workspaceId, personId: anna.id, role: 'viewer' as const }),
      () => workspaces.removeMember({ id: workspaceId, personId: anna.id }),
      () => workspaces.removeMember({ id: workspaceId, personId: stranger.id }),
      () => workspaces.invitations({ id: workspaceId }),
      () => workspaces.revokeInvitation({ id: workspaceId, invitationId: 'x' }),
    ];
    for (const [foreign, unknown] of ask(id).map((call, i) => [call, ask('0000-unknown')[i]] as const)) {
      await expect(foreign()).rejects.toMatchObject(REFUSED[404]);
      await expect(unknown?.()).rejects.toMatchObject(REFUSED[404]);
    }
    const raw = async (workspaceId: string) => (await stranger.fetch(`/api/workspaces/${workspaceId}`)).text();
    expect(await raw(id)).toBe(await raw('0000-unknown'));
    expect(await rolesIn(anna, id)).toEqual({ [anna.email]: 'owner' });
  });

  test.each([
    ['an operator for a name', '{"name":{"$ne":null}}'],
    ['an empty name', '{"name":"  "}'],
    ['members given along', '{"name":"x","members":[]}'],
    ['a prototype', '{"name":"x","constructor":{"prototype":1}}'],
    ['no JSON', '{"name":'],
  ])('creating with %s is refused', async (_what, body) => {
    const anna = await app.as('anna');
    const headers = { 'content-type': 'application/json' };
    expect((await anna.fetch('/api/workspaces', { method: 'POST', headers, body })).status).toBe(400);
  });

  test('a foreign page changes nothing with a member’s cookie, and a form is no request', async () => {
    const anna = await app.as('anna');
    const id = await workspaceOf(anna);
    const body = JSON.stringify({ name: 'Taken over' });
    const ask = (headers: Record<string, string>) =>
      fetch(`${app.url}/api/workspaces/${id}`, { method: 'PATCH', body, headers: { cookie: anna.cookie, ...headers } });
    const json = { 'content-type': 'application/json' };
    for (const origin of ['http://evil.example', 'null', `${app.url}.evil.example`])
      expect((await ask({ ...json, origin })).status).toBe(403);
    expect((await ask(json)).status).toBe(403);
    for (const type of ['text/plain', 'application/x-www-form-urlencoded'])
      expect((await ask({ 'content-type': type, origin: app.url })).status).toBe(415);
    expect((await anna.api.workspaces.get({ id })).name).toBe('Needs 2026');
  });

  test('ids that are no ids, and cursors of our own making, are refused with 400', async () => {
    const anna = await app.as('anna');
    for (const path of [
      '/api/workspaces/%24ne',
      '/api/workspaces/a.b',
      '/api/workspaces?cursor=%7B%7D',
      '/api/workspaces?limit[$gt]=1',
    ])
      expect((await anna.fetch(path)).status).toBe(400);
  });
});

describe('members', () => {
  test('[W2] only owners add, change and remove members', async () => {
    const [anna, editor, viewer] = [await app.as('anna'), await app.as('editor'), await app.as('viewer')];
    const id = await workspaceOf(anna, { editor, viewer });
    for (const person of [editor, viewer]) {
      const { workspaces } = person.api;
      const forbidden = { status: 403, data: { reason: 'role-too-low' } };
      await expect(workspaces.addMember({ id, email: 'x@y.example', role: 'viewer' })).rejects.toMatchObject(forbidden);
      await expect(workspaces.changeMember({ id, personId: person.id, role: 'owner' })).rejects.toMatchObject(
        forbidden,
      );
      await expect(workspaces.removeMember({ id, personId: anna.id })).rejects.toMatchObject(forbidden);
      await expect(workspaces.invitations({ id })).rejects.toMatchObject(forbidden);
      await expect(workspaces.update({ id, name: 'Ours' })).rejects.toMatchObject(forbidden);
    }
    expect(await rolesIn(viewer, id)).toEqual({
      [anna.email]: 'owner',
      [editor.email]: 'editor',
      [viewer.email]: 'viewer',
    });
  });

  test('a person is added once: the second time is a conflict with its reason', async () => {
    const [anna, bruno] = [await app.as('anna'), await app.as('bruno')];
    const id = await workspaceOf(anna);
    const add = () => anna.api.workspaces.addMember({ id, email: bruno.email.toUpperCase(), role: 'editor' });
    const results = await Promise.allSettled(Array.from({ length: 8 }, add));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    await expect(add()).rejects.toMatchObject({ status: 409, data: { reason: 'already-member' } });
    expect(await rolesIn(bruno, id)).toMatchObject({ [bruno.email]: 'editor' });
  });

  test('[W1] the last owner can neither leave, nor step down, nor be removed', async () => {
    const anna = await app.as('anna');
    const id = await workspaceOf(anna);
    const refusal = { status: 403, data: { reason: 'last-owner' } };
    await expect(anna.api.workspaces.removeMember({ id, personId: anna.id })).rejects.toMatchObject(refusal);
    const stepDown = anna.api.workspaces.changeMember({ id, personId: anna.id, role: 'editor' });
    await expect(stepDown).rejects.toMatchObject(refusal);
  });

  test('[W1] [check 32] an owner remains when ten owners are demoted and thrown out by each other at once', async () => {
    const owners = await Promise.all(Array.from({ length: 10 }, (_, i) => app.as(`owner${i}`)));
    const [first] = owners;
    if (first === undefined) throw new Error('no owner');
    const { id } = await first.api.workspaces.create({ name: 'Race' });
    for (const owner of owners.slice(1))
      await first.api.workspaces.addMember({ id, email: owner.email, role: 'owner' });
    await Promise.allSettled(
      owners.flatMap((owner, i) => {
        const victim = owners[(i + 1) % owners.length] ?? first;
        return [
          owner.api.workspaces.changeMember({ id, personId: victim.id, role: 'viewer' }),
          owner.api.workspaces.removeMember({ id, personId: owner.id }),
        ];
      }),
    );
    const doc = await app.app.platform.db
      .collection<{ _id: string; members: { role: string }[] }>('workspaces')
      .findOne({ _id: id });
    expect(doc?.members.filter(({ role }) => role === 'owner').length).toBeGreaterThanOrEqual(1);
  });

  test('[check 32] of twenty role changes of one member at once all are carried out, one after the other', async () => {
    const [anna, bruno] = [await app.as('anna'), await app.as('bruno')];
    const id = await workspaceOf(anna, { editor: bruno });
    const roles = ['viewer', 'commenter'] as const;
    const results = await Promise.allSettled(
      Array.from({ length: 20 }, (_, i) =>
        anna.api.workspaces.changeMember({ id, personId: bruno.id, role: roles[i % 2] ?? 'viewer' }),
      ),
    );
    expect(results.map(({ status }) => status)).toEqual(Array(20).fill('fulfilled'));
    const doc = await app.app.platform.db.collection<{ _id: string; rev: number }>('workspaces').findOne({ _id: id });
    expect(doc?.rev).toBe(21);
  });

  test('twenty people added at once are all there', async () => {
    const anna = await app.as('anna');
    const people = await Promise.all(Array.from({ length: 20 }, (_, i) => app.as(`crowd${i}`)));
    const id = await workspaceOf(anna);
    await Promise.all(people.map(({ email }) => anna.api.workspaces.addMember({ id, email, role: 'viewer' })));
    expect(Object.keys(await rolesIn(anna, id))).toHaveLength(21);
  });

  test('[W4] a member leaves, and then knows nothing of the workspace', async () => {
    const [anna, viewer] = [await app.as('anna'), await app.as('viewer')];
    const id = await workspaceOf(anna, { viewer });
    await viewer.api.workspaces.removeMember({ id, personId: viewer.id });
    await expect(viewer.api.workspaces.get({ id })).rejects.toMatchObject(REFUSED[404]);
    expect((await viewer.api.workspaces.list({ limit: 200 })).items.map((item) => item.id)).not.toContain(id);
  });

  test('a membership with an end is none after it', async () => {
    const [anna, viewer] = [await app.as('anna'), await app.as('viewer')];
    const id = await workspaceOf(anna, { viewer });
    await app.app.platform.db
      .collection<{ _id: string }>('workspaces')
      .updateOne({ _id: id, 'members.personId': viewer.id }, { $set: { 'members.$.until': new Date(Date.now() - 1) } });
    await expect(viewer.api.workspaces.get({ id })).rejects.toMatchObject(REFUSED[404]);
    expect(await rolesIn(anna, id)).toEqual({ [anna.email]: 'owner' });
  });

  test('a person of whom nobody has heard cannot be changed or removed', async () => {
    const [anna, stranger] = [await app.as('anna'), await app.as('stranger')];
    const id = await workspaceOf(anna);
    for (const personId of [stranger.id, 'nobody']) {
      const change = anna.api.workspaces.changeMember({ id, personId, role: 'viewer' });
      await expect(change).rejects.toMatchObject(REFUSED[404]);
      await expect(anna.api.workspaces.removeMember({ id, personId })).rejects.toMatchObject(REFUSED[404]);
    }
  });

  test('[W5] nobody enters an archived workspace', async () => {
    const [anna, bruno] = [await app.as('anna'), await app.as('bruno')];
    const id = await workspaceOf(anna);
    await anna.api.workspaces.update({ id, state: 'archived' });
    for (const email of [bruno.email, 'someone@else.example']) {
      const adding = anna.api.workspaces.addMember({ id, email, role: 'viewer' });
      await expect(adding).rejects.toMatchObject({ status: 403, data: { reason: 'workspace-archived' } });
    }
  });

  test('who is demoted or removed hears of it at once, and news of the workspace stop', async () => {
    const [anna, bruno] = [await app.as('anna'), await app.as('bruno')];
    const id = await workspaceOf(anna, { editor: bruno });
    const socket = await bruno.live();
    const changed = () => new Promise((resolve) => socket.once('access.changed', resolve));
    const demoted = changed();
    await anna.api.workspaces.changeMember({ id, personId: bruno.id, role: 'viewer' });
    await demoted;
    const news: string[] = [];
    const removed = changed();
    await anna.api.workspaces.removeMember({ id, personId: bruno.id });
    await removed;
    socket.on('workspace.changed', ({ workspaceId }) => news.push(workspaceId));
    await anna.api.workspaces.update({ id, name: 'Not for Bruno' });
    const { id: own } = await bruno.api.workspaces.create({ name: 'Bruno’s own' });
    await until('news of his own workspace', () => news.includes(own));
    expect(news).not.toContain(id);
  });
});

/** What the page of a mailed link asks. */
const look = (token: string): Promise<Response> =>
  fetch(`${app.url}/api/invitations/look`, {
    method: 'POST',
    headers: { origin: app.url, 'content-type': 'application/json' },
    body: JSON.stringify({ token }),
  });

describe('invitations', () => {
  test('an address without an account gets a letter; its link shows the offer and is accepted once', async () => {
    const anna = await app.as('anna');
    const id = await workspaceOf(anna);
    const answer = await anna.api.workspaces.addMember({ id, email: 'Guest1@test.example', role: 'editor' });
    expect(answer).toMatchObject({
      outcome: 'invited',
      invitation: { email: 'guest1@test.example', invitedBy: 'anna' },
    });
    const token = await secretFor('guest1@test.example');
    const shown = await (await look(token)).json();
    expect(shown).toMatchObject({ workspaceName: 'Needs 2026', role: 'editor', known: false });
    expect((await anna.api.workspaces.invitations({ id })).items).toHaveLength(1);
    const guest = await app.as('guest1');
    const accepted = await Promise.allSettled(
      Array.from({ length: 20 }, () => guest.api.workspaces.acceptInvitation({ token })),
    );
    expect(accepted.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    await expect(guest.api.workspaces.acceptInvitation({ token })).rejects.toMatchObject({ status: 404 });
    expect((await look(token)).status).toBe(404);
    expect(await rolesIn(guest, id)).toMatchObject({ 'guest1@test.example': 'editor' });
    expect((await anna.api.workspaces.invitations({ id })).items).toEqual([]);
  });

  test('the secret of the link is in the letter alone', async () => {
    const anna = await app.as('anna');
    const id = await workspaceOf(anna);
    await anna.api.workspaces.addMember({ id, email: 'guest2@test.example', role: 'viewer' });
    const token = await secretFor('guest2@test.example');
    const { db } = app.app.platform;
    const names = (await db.listCollections().toArray()).map(({ name }) => name).filter((name) => name !== 'mails');
    for (const name of names) expect(JSON.stringify(await db.collection(name).find().toArray())).not.toContain(token);
  });

  test('only the account with the invited address may accept', async () => {
    const [anna, thief] = [await app.as('anna'), await app.as('thief')];
    const id = await workspaceOf(anna);
    await anna.api.workspaces.addMember({ id, email: 'guest3@test.example', role: 'owner' });
    const token = await secretFor('guest3@test.example');
    const refusal = { status: 403, data: { reason: 'other-address' } };
    await expect(thief.api.workspaces.acceptInvitation({ token })).rejects.toMatchObject(refusal);
    const anonymous = await fetch(`${app.url}/api/invitations/accept`, {
      method: 'POST',
      headers: { origin: app.url, 'content-type': 'application/json' },
      body: JSON.stringify({ token }),
    });
    expect(anonymous.status).toBe(401);
    expect((await look(token)).status).toBe(200);
  });

  test('inviting an address again replaces the link before', async () => {
    const anna = await app.as('anna');
    const id = await workspaceOf(anna);
    const invite = (role: 'viewer' | 'editor') =>
      anna.api.workspaces.addMember({ id, email: 'guest4@test.example', role });
    await invite('viewer');
    const first = await secretFor('guest4@test.example');
    await invite('editor');
    const second = await secretFor('guest4@test.example', first);
    expect((await look(first)).status).toBe(404);
    expect(await (await look(second)).json()).toMatchObject({ role: 'editor' });
    expect((await anna.api.workspaces.invitations({ id })).items).toHaveLength(1);
  });

  test('a withdrawn, an expired and an invented link are one answer', async () => {
    const anna = await app.as('anna');
    const id = await workspaceOf(anna);
    const withdrawn = await anna.api.workspaces.addMember({ id, email: 'guest5@test.example', role: 'viewer' });
    const first = await secretFor('guest5@test.example');
    if (withdrawn.outcome !== 'invited') throw new Error('not invited');
    await anna.api.workspaces.revokeInvitation({ id, invitationId: withdrawn.invitation.id });
    await anna.api.workspaces.addMember({ id, email: 'guest6@test.example', role: 'viewer' });
    const second = await secretFor('guest6@test.example');
    await app.app.platform.db
      .collection<{ _id: string }>('workspaces')
      .updateOne({ _id: id }, { $set: { 'invitations.0.expiresAt': new Date(Date.now() - 1) } });
    const answers = await Promise.all(
      [first, second, 'A'.repeat(43)].map(async (token) => {
        const response = await look(token);
        return `${response.status} ${await response.text()}`;
      }),
    );
    expect(new Set(answers).size).toBe(1);
    const guest = await app.as('guest6');
    await expect(guest.api.workspaces.acceptInvitation({ token: second })).rejects.toMatchObject({ status: 404 });
    await expect(anna.api.workspaces.revokeInvitation({ id, invitationId: 'gone' })).rejects.toMatchObject({
      status: 404,
    });
  });

  test('an invitation does not outlive its inviter’s right to invite', async () => {
    const [anna, bruno] = [await app.as('anna'), await app.as('bruno')];
    const id = await workspaceOf(anna, { owner: bruno });
    await bruno.api.workspaces.addMember({ id, email: 'guest7@test.example', role: 'owner' });
    const token = await secretFor('guest7@test.example');
    await anna.api.workspaces.changeMember({ id, personId: bruno.id, role: 'viewer' });
    const guest = await app.as('guest7');
    await expect(guest.api.workspaces.acceptInvitation({ token })).rejects.toMatchObject({ status: 404 });
  });

  test('nobody mails without measure', async () => {
    const mailer = await app.as('mailer');
    const id = await workspaceOf(mailer);
    const results = await Promise.allSettled(
      Array.from({ length: 24 }, (_, i) =>
        mailer.api.workspaces.addMember({ id, email: `unknown${i}@test.example`, role: 'viewer' }),
      ),
    );
    const refused = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
    expect(refused.map(({ status }) => status)).toEqual([429, 429, 429, 429]);
    const late = await mailer.fetch(`/api/workspaces/${id}/members`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email: 'late@test.example', role: 'viewer' }),
    });
    expect(late.status).toBe(429);
    const { data } = await late.json();
    expect(data).toMatchObject({ reason: 'too-many-invitations' });
    expect(late.headers.get('retry-after')).toBe(String(data.retryAfter));
    expect(data.retryAfter).toBeGreaterThan(3000);
  });
});

describe('the letter', () => {
  const letter = {
    workspaceName: 'Needs <b>2026</b>\r\nBcc: all@example.org',
    inviter: 'Anna "A" <script>',
    role: 'editor',
    link: 'https://concert.example/invitations#abc',
    expiresAt: new Date('2026-11-30T08:00:00Z'),
  } as const;

  test.each(['fr', 'en', 'it'] as const)('says the same in both parts in %s, and lets no markup through', (locale) => {
    const { subject, text, html } = invitationLetter({ ...letter, locale });
    expect(subject).not.toMatch(/[\r\n]/);
    expect(html).not.toMatch(/<script|<b>/);
    expect(html).toContain('href="https://concert.example/invitations#abc"');
    expect(text).toContain('https://concert.example/invitations#abc');
    expect(text).toContain('2026');
  });

  test.each([
    ['fr', 'Votre rôle y sera «\u00a0Lecture\u00a0».', 'Voir l’invitation\u00a0: https', '30 novembre 2026 à 09:00'],
    ['en', 'Your role there will be “Reader”.', 'See the invitation: https', '30 November 2026 at 09:00'],
    ['it', 'Il Suo ruolo sarà «Lettura».', 'Vedere l’invito: https', '30 novembre 2026 alle ore 09:00'],
  ] as const)('names the role in the words of the interface in %s', (locale, role, link, until) => {
    const { text, html } = invitationLetter({ ...letter, locale, role: 'viewer' });
    for (const part of [text, html]) {
      expect(part).toContain(role);
      expect(part).toContain(until);
    }
    expect(text).toContain(link);
  });

  test('is in the inviter’s language', async () => {
    const italian = await app.as('italiana', { locale: 'it' });
    const id = await workspaceOf(italian);
    await italian.api.workspaces.addMember({ id, email: 'ospite@test.example', role: 'viewer' });
    await secretFor('ospite@test.example');
    const [sent] = (await app.app.platform.mail.kept({ limit: 200 })).filter(({ to }) => to === 'ospite@test.example');
    expect(sent?.subject).toContain('La invita');
  });
});
