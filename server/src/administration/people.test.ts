import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { closesOf } from '../../test/editing.ts';
import { clientOf, PASSWORD, signIn, startApp, type TestApp, type TestPerson, until } from '../../test/harness.ts';

let app: TestApp;
let admin: TestPerson;
let secretary: TestPerson;
let member: TestPerson;
let guest: TestPerson;

beforeAll(async () => {
  // The demonstration keeps its mails, so that they can be read.
  app = await startApp({ env: { DEMO: 'true' } });
  admin = await app.as('admin', { platformRole: 'administrator' });
  secretary = await app.as('secretary', { platformRole: 'secretariat' });
  member = await app.as('member');
  guest = await app.as('guest', { platformRole: 'guest' });
});
afterAll(() => app.stop());

const json = (method: string, body?: unknown): RequestInit => ({
  method,
  headers: { 'content-type': 'application/json' },
  ...(body === undefined ? {} : { body: JSON.stringify(body) }),
});
const statusOf = async (person: TestPerson, path: string, init?: RequestInit) =>
  (await person.fetch(path, init)).status;
const reasonOf = async (person: TestPerson, path: string, init?: RequestInit) =>
  (await (await person.fetch(path, init)).json()).data.reason;
const bearer = (token: string, path = '/api/me') =>
  fetch(`${app.url}${path}`, { headers: { authorization: `Bearer ${token}` } });

describe('who may', () => {
  test('[AD1] members and guests find no administration; the secretariat sees people and health, not the settings', async () => {
    const paths = ['/api/admin/people', `/api/admin/people/${member.id}`, '/api/admin/health', '/api/admin/settings'];
    const seen = async (person: TestPerson) => Promise.all(paths.map((path) => statusOf(person, path)));
    expect(await seen(guest)).toEqual([404, 404, 404, 404]);
    expect(await seen(member)).toEqual([404, 404, 404, 404]);
    expect(await seen(secretary)).toEqual([200, 200, 200, 403]);
    expect(await seen(admin)).toEqual([200, 200, 200, 200]);
  });

  test('[AD2] only administrators change anything', async () => {
    const { id } = await app.as('untouched');
    const calls: readonly (readonly [string, RequestInit])[] = [
      [`/api/admin/people/${id}`, json('PATCH', { suspended: true })],
      [`/api/admin/people/${id}`, json('DELETE', { confirm: 'erase' })],
      [`/api/admin/people/${id}/sessions`, json('DELETE')],
      [`/api/admin/people/${id}/invitation`, json('POST', {})],
      ['/api/admin/people', json('POST', { email: 'x@x.example', name: 'X', platformRole: 'member' })],
      ['/api/admin/settings', json('PATCH', { rev: 0, signUp: 'closed' })],
    ];
    for (const [path, init] of calls) {
      const told = `${init.method} ${path}`;
      expect(`${told} ${await statusOf(guest, path, init)}`).toBe(`${told} 404`);
      expect(`${told} ${await statusOf(member, path, init)}`).toBe(`${told} 404`);
      expect(`${told} ${await statusOf(secretary, path, init)}`).toBe(`${told} 403`);
    }
    expect(await admin.api.administration.person({ id })).toMatchObject({ state: 'active', sessionCount: 1 });
  });

  test('[check 31] fields that are not offered are refused, and ids that are nobody’s are not found', async () => {
    for (const field of ['email', 'createdAt', 'erasedAt', 'pseudonym', 'suspendedAt', 'password', '$set'])
      expect(
        await statusOf(admin, `/api/admin/people/${member.id}`, json('PATCH', { name: 'Other', [field]: 'x' })),
      ).toBe(400);
    for (const field of ['rev', 'platformRole', 'emailVerified', 'suspendedAt'])
      expect(await statusOf(member, '/api/me', json('PATCH', { [field]: 'administrator' }))).toBe(400);
    expect(await admin.api.administration.person({ id: member.id })).toMatchObject({ name: 'member' });
    const nobody = '01890000-0000-7000-8000-000000000000';
    for (const [path, init] of [
      [`/api/admin/people/${nobody}`, {}],
      [`/api/admin/people/${nobody}`, json('PATCH', { suspended: true })],
      [`/api/admin/people/${nobody}`, json('DELETE', { confirm: 'erase' })],
      [`/api/admin/people/${nobody}/sessions`, json('DELETE')],
    ] as const)
      expect(await statusOf(admin, path, init)).toBe(404);
  });
});

describe('the list of people', () => {
  test('is found by parts of names and addresses, whatever their accents, by state and by role', async () => {
    await app.as('helene', { name: 'Hélène Béranger' });
    const { people } = admin.api.administration;
    expect((await people({ q: 'beRANger' })).items.map(({ name }) => name)).toEqual(['Hélène Béranger']);
    expect((await people({ q: 'helene@test' })).items).toHaveLength(1);
    expect((await people({ q: '.*' })).items).toEqual([]);
    expect((await people({ role: 'secretariat' })).items.map(({ id }) => id)).toEqual([secretary.id]);
    expect((await people({ state: 'suspended' })).items).toEqual([]);
    expect((await people({ state: 'active', role: 'guest' })).items).toMatchObject([
      { id: guest.id, platformRole: 'guest', state: 'active', sessionCount: 1, organisationConfirmed: false },
    ]);
  });

  test('comes in pages, the newest account first, and each person once', async () => {
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await admin.api.administration.people({ limit: 2, cursor });
      expect(page.items.length).toBeLessThanOrEqual(2);
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.next;
    } while (cursor !== undefined);
    expect(seen).toEqual([...new Set(seen)].sort().reverse());
    expect(seen).toContain(admin.id);
  });

  test('tells nothing secret', async () => {
    await admin.api.administration.updatePerson({ id: member.id, platformRole: 'guest' });
    await admin.api.administration.updatePerson({ id: member.id, platformRole: 'member' });
    const text = await (await admin.fetch(`/api/admin/people/${member.id}`)).text();
    expect(text).not.toMatch(/token"|sha256:|password|tokenHash|argon/);
    // Nor does the account's own session tell what administration keeps with it.
    const session = await (await member.fetch('/api/auth/get-session')).text();
    expect(session).toContain(member.id);
    expect(session).not.toMatch(/statusRev|outbox|pseudonym|suspendedAt":"|invitedAt/);
  });
});

describe('changing people', () => {
  test('[check 44] [AD5] a suspension ends sessions, tokens and sockets within a second, and can be undone', async () => {
    const zoe = await app.as('zoe');
    const { id: workspaceId } = await zoe.api.workspaces.create({ name: 'Zoe’s' });
    const { id: documentId } = await zoe.api.documents.create({ workspaceId, kind: 'note', title: 'Note' });
    const { token } = await zoe.api.accounts.createToken({ name: 'script' });
    const open = zoe.open(documentId);
    const live = await zoe.live();
    await until('the document is open', () => open.provider.wsconnected && open.provider.synced);
    const codes = closesOf(open);
    let told = false;
    live.once('session.ended', () => {
      told = true;
    });
    const shown = await admin.api.administration.updatePerson({ id: zoe.id, suspended: true });
    expect(shown).toMatchObject({ state: 'suspended', sessionCount: 0, tokenCount: 0 });
    await until('both sockets are closed', () => told && live.disconnected && codes.length > 0, 1000);
    expect(codes[0]).toBe(4401);
    expect(await statusOf(zoe, '/api/me')).toBe(401);
    expect((await bearer(token)).status).toBe(401);
    await expect(app.as('zoe')).rejects.toThrow(/40[13]/);

    await admin.api.administration.updatePerson({ id: zoe.id, suspended: false });
    // What was ended stays ended; signing in again works.
    expect(await statusOf(zoe, '/api/me')).toBe(401);
    expect((await bearer(token)).status).toBe(401);
    expect((await (await app.as('zoe')).api.accounts.me({})).name).toBe('zoe');
  });

  test('[check 44] ending the sessions of a person ends their tokens and sockets as well', async () => {
    const yves = await app.as('yves');
    const { token } = await yves.api.accounts.createToken({ name: 'script' });
    const live = await yves.live();
    const ended = new Promise<void>((resolve) => live.once('session.ended', () => resolve()));
    await admin.api.administration.endSessions({ id: yves.id });
    await ended;
    expect([await statusOf(yves, '/api/me'), (await bearer(token)).status]).toEqual([401, 401]);
    expect((await admin.api.administration.person({ id: yves.id })).state).toBe('active');
  });

  test('[AD3] [AD5] nobody changes their own role or suspends themself', async () => {
    const own = `/api/admin/people/${admin.id}`;
    expect(await reasonOf(admin, own, json('PATCH', { platformRole: 'member' }))).toBe('own-role');
    expect(await reasonOf(admin, own, json('PATCH', { suspended: true }))).toBe('own-account');
    expect(await admin.api.administration.updatePerson({ id: admin.id, title: 'Head' })).toMatchObject({
      title: 'Head',
      platformRole: 'administrator',
      refusals: { edit: null, changeRole: 'own-role', suspend: 'own-account', erase: 'last-administrator' },
    });
  });

  test('a refused change changes nothing of what was asked with it', async () => {
    const path = `/api/admin/people/${admin.id}`;
    expect(await statusOf(admin, path, json('PATCH', { name: 'Renamed', suspended: true }))).toBe(409);
    expect((await admin.api.administration.person({ id: admin.id })).name).toBe('admin');
  });

  test('a role counts from the next request on', async () => {
    const ugo = await app.as('ugo');
    await admin.api.administration.updatePerson({ id: ugo.id, platformRole: 'secretariat' });
    expect(await statusOf(ugo, '/api/admin/people')).toBe(200);
    await admin.api.administration.updatePerson({ id: ugo.id, platformRole: 'guest' });
    expect(await statusOf(ugo, '/api/admin/people')).toBe(404);
  });

  test('somebody vouches for an organisation, and not for the next one', async () => {
    const [one, two] = await Promise.all(
      ['One', 'Two'].map((name) => admin.api.organisations.create({ name, kind: 'buyer' })),
    );
    const { updatePerson } = admin.api.administration;
    const id = member.id;
    expect(await updatePerson({ id, organisationId: one?.id ?? '', organisationConfirmed: true })).toMatchObject({
      organisationName: 'One',
      organisationConfirmed: true,
    });
    expect(await updatePerson({ id, organisationId: one?.id ?? '' })).toMatchObject({ organisationConfirmed: true });
    expect(await updatePerson({ id, organisationId: two?.id ?? '' })).toMatchObject({
      organisationName: 'Two',
      organisationConfirmed: false,
    });
    expect(await reasonOf(admin, `/api/admin/people/${id}`, json('PATCH', { organisationId: 'nothing' }))).toBe(
      'no-such-organisation',
    );
  });

  test('[AD4] administrators who demote and suspend each other at once, on two instances, leave one of them', async () => {
    const beside = await startApp({ env: { DEMO: 'true' }, beside: app });
    for (let round = 0; round < 3; round += 1) {
      const names = [`a${round}`, `b${round}`, `c${round}`];
      const crowd = await Promise.all(names.map((name) => app.as(name, { platformRole: 'administrator' })));
      const [first] = crowd;
      if (first === undefined) throw new Error('nobody is there');
      await first.api.administration.updatePerson({ id: admin.id, platformRole: 'member' });
      const attacks = crowd.flatMap((attacker, at) =>
        crowd
          .filter((target) => target !== attacker)
          .map((target, which) =>
            (which === 0 ? attacker : beside.visit(attacker)).fetch(
              `/api/admin/people/${target.id}`,
              json('PATCH', (at + which) % 2 === 0 ? { platformRole: 'member' } : { suspended: true }),
            ),
          ),
      );
      const answers = await Promise.all(attacks);
      expect(answers.filter(({ status }) => status >= 500)).toEqual([]);
      const left = await app.app.platform.db
        .collection('users')
        .find({ platformRole: 'administrator', suspendedAt: null })
        .toArray();
      expect(left.length).toBeGreaterThanOrEqual(1);
      const survivor = crowd.find(({ id }) => left.some(({ _id }) => String(_id) === id));
      if (survivor === undefined) throw new Error('nobody administers any more');
      // Signed in anew, because endings of sessions may have met the survivor before a lost race.
      const again = await app.as(names[crowd.indexOf(survivor)] ?? '');
      await again.api.administration.updatePerson({ id: admin.id, platformRole: 'administrator' });
      for (const other of crowd)
        if (other !== survivor)
          await again.fetch(`/api/admin/people/${other.id}`, json('PATCH', { platformRole: 'member' }));
      await admin.api.administration.updatePerson({ id: survivor.id, platformRole: 'member' });
    }
    await beside.stop();
    expect((await admin.api.administration.person({ id: admin.id })).refusals.erase).toBe('last-administrator');
  }, 120_000);

  test('a change whose instance died in the middle is completed by the next one', async () => {
    const { db, status } = app.app.platform;
    const nora = await app.as('nora');
    const settings = db.collection<{ _id: string; rev: number }>('settings');
    await status.settle();
    await settings.updateOne(
      { _id: 'people' },
      { $inc: { rev: 1 }, $set: { pending: { personId: nora.id, set: { platformRole: 'secretariat' } } } },
      { upsert: true },
    );
    expect(await statusOf(nora, '/api/admin/people')).toBe(404);
    await admin.api.administration.updatePerson({ id: member.id, platformRole: 'guest' });
    expect(await statusOf(nora, '/api/admin/people')).toBe(200);
    await admin.api.administration.updatePerson({ id: member.id, platformRole: 'member' });
  });
});

describe('inviting', () => {
  test('an account waits for its owner, who chooses a password by a mailed link', async () => {
    const { invite, inviteAgain } = admin.api.administration;
    const shown = await invite({
      email: 'New@Invited.example',
      name: 'New',
      platformRole: 'secretariat',
      locale: 'it',
    });
    expect(shown).toMatchObject({ email: 'new@invited.example', state: 'unverified', platformRole: 'secretariat' });
    expect((await admin.api.administration.people({ state: 'unverified' })).items.map(({ id }) => id)).toEqual([
      shown.id,
    ]);
    await inviteAgain({ id: shown.id });
    const letters = await until('both letters are sent', async () => {
      const kept = (await app.app.platform.mail.kept({ limit: 50 })).filter(({ to }) => to === shown.email);
      return kept.length === 2 ? kept : null;
    });
    const [letter] = letters;
    expect(letter?.subject).toBe('Il Suo account su Concert La aspetta');
    expect(letter?.text).toContain('admin ha aperto un account per Lei');
    const token = /\/reset-password#([\w-]{43})/.exec(letter?.text ?? '')?.[1];
    await expect(signIn(app.url, 'new@invited.example', PASSWORD)).rejects.toThrow(/401/);
    const chosen = await fetch(`${app.url}/api/auth/reset-password`, {
      ...json('POST', { token, newPassword: PASSWORD }),
    });
    expect(chosen.status).toBe(200);
    const cookie = await signIn(app.url, 'new@invited.example', PASSWORD);
    expect((await clientOf(app.url, { cookie }).accounts.me({})).platformRole).toBe('secretariat');
    expect((await admin.api.administration.person({ id: shown.id })).state).toBe('active');
    expect(await reasonOf(admin, `/api/admin/people/${shown.id}/invitation`, json('POST', {}))).toBe('already-there');
    const body = { email: 'new@invited.example', name: 'Again', platformRole: 'member' };
    expect(await reasonOf(admin, '/api/admin/people', json('POST', body))).toBe('email-taken');
    expect(await reasonOf(admin, `/api/admin/people/${member.id}/invitation`, json('POST', {}))).toBe('already-there');
  });

  test('[AD4] an administrator who has not come yet does not count', async () => {
    const shown = await admin.api.administration.invite({
      email: 'next@invited.example',
      name: 'Next',
      platformRole: 'administrator',
    });
    expect(shown.platformRole).toBe('administrator');
    expect((await admin.api.administration.person({ id: admin.id })).refusals.erase).toBe('last-administrator');
  });
});

test('[check 62] changes of rights are written down once each, with who, what and where', async () => {
  const { id: workspaceId } = await member.api.workspaces.create({ name: 'Noted' });
  await member.api.workspaces.addMember({ id: workspaceId, email: guest.email, role: 'viewer' });
  await member.api.workspaces.changeMember({ id: workspaceId, personId: guest.id, role: 'editor' });
  await member.api.workspaces.removeMember({ id: workspaceId, personId: guest.id });
  const events = await until('everything is noted', async () => {
    const found = await app.app.platform.db.collection('audit').find({ 'subject.id': workspaceId }).toArray();
    return found.some(({ event }) => event === 'workspaces.member-removed') ? found : null;
  });
  expect(events.map(({ event }) => event).sort()).toEqual([
    'workspaces.created',
    'workspaces.member-added',
    'workspaces.member-changed',
    'workspaces.member-removed',
  ]);
  const subject = { kind: 'workspace', id: workspaceId };
  expect(events.find(({ event }) => event === 'workspaces.member-changed')).toMatchObject({
    actorId: member.id,
    subject,
    data: { personId: guest.id, role: 'editor' },
  });
});

test('[check 62] what administrators do is written down, by whom and about whom', async () => {
  const events = await app.app.platform.db
    .collection('audit')
    .find({ actorId: admin.id })
    .project({ _id: 0, event: 1 })
    .toArray();
  const kinds = new Set(events.map(({ event }) => event));
  for (const kind of ['suspended', 'reactivated', 'role-changed', 'person-changed', 'sessions-ended', 'invited'])
    expect(kinds).toContain(`administration.${kind}`);
});
