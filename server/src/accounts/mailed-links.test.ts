import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { cookieOf, everythingStored, newcomer, opens, posting, sessionCookieOf, shapeOf } from '../../test/accounts.ts';
import { PASSWORD, signIn, startApp, type TestApp, until } from '../../test/harness.ts';
import { type Mailbox, startMailbox } from '../../test/mailbox.ts';
import { systemPorts } from '../platform/ports.ts';

let app: TestApp;
let mailbox: Mailbox;
/** How far the clock of the server is ahead. */
let ahead = 0;
const logged: string[] = [];
let post: ReturnType<typeof posting>;

beforeAll(async () => {
  mailbox = await startMailbox();
  app = await startApp({
    env: { SMTP_URL: mailbox.url, LOG_LEVEL: 'trace' },
    ports: { ...systemPorts, now: () => new Date(Date.now() + ahead) },
    onLog: (line) => logged.push(line),
  });
  post = posting(app);
});
afterAll(async () => {
  await app.stop();
  await mailbox.stop();
});
beforeEach(() => {
  ahead = 0;
});

const PAGES = { verify: '/verify-email', reset: '/reset-password', change: '/confirm-email' } as const;
const reasonOf = async (response: Response): Promise<string> =>
  `${response.status} ${((await response.json()) as { data: { reason: string } }).data.reason}`;

/** Somebody with a confirmed account and a session. */
async function somebody(name: string) {
  const person = await app.as(name);
  return { ...person, name, cookie: person.cookie };
}

async function passwordReset(email: string): Promise<string> {
  const before = mailbox.received.filter(({ raw, text }) => raw.includes(email) && text.includes(PAGES.reset)).length;
  expect((await post('request-password-reset', { email })).status).toBe(200);
  return mailbox.secretFor(email, PAGES.reset, before + 1);
}

describe('opening an account where addresses must be confirmed', () => {
  test('[A4] no session begins before the address is confirmed, by the button of the page and once', async () => {
    const person = newcomer();
    const up = await post('sign-up/email', person, { 'accept-language': 'en' });
    expect(await up.json()).toEqual({
      user: { id: expect.any(String), name: person.name, email: person.email },
    });
    expect(up.headers.getSetCookie()).toEqual([]);
    expect(await reasonOf(await post('sign-in/email', { email: person.email, password: PASSWORD }))).toBe(
      '403 email-not-verified',
    );
    expect(await app.app.platform.db.collection('sessions').countDocuments()).toBe(0);
    const token = await mailbox.secretFor(person.email, PAGES.verify);
    // What a mail scanner does with the link.
    for (const method of ['GET', 'HEAD'])
      for (const path of [PAGES.verify, `${PAGES.verify}?token=${token}`, `/api/auth/verify-email?token=${token}`])
        await fetch(`${app.url}${path}`, { method });
    const answers = await Promise.all(Array.from({ length: 20 }, () => post('verify-email', { token })));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array(19).fill(400)]);
    expect(await reasonOf(await post('verify-email', { token }))).toBe('400 bad-link');
    await expect(signIn(app.url, person.email)).resolves.toContain('=');
  });

  test('[check 30] [A7] a taken address is answered as a free one, and only its owner learns of it', async () => {
    const owner = await somebody('owner');
    const free = newcomer({ name: 'Free' });
    const shapes = await Promise.all([
      post('sign-up/email', free).then((answer) => shapeOf(answer, [free.email])),
      post('sign-up/email', { ...free, email: owner.email }).then((answer) => shapeOf(answer, [owner.email])),
      post('sign-up/email', { ...free, email: owner.email.toUpperCase() }).then((answer) =>
        shapeOf(answer, [owner.email]),
      ),
    ]);
    expect(new Set(shapes).size).toBe(1);
    const { text } = await mailbox.letterTo(owner.email, 'déjà un compte');
    expect(text).toContain(`${app.url}/sign-in`);
    expect(text).not.toMatch(/https?:\S*#/);
    await expect(signIn(app.url, owner.email)).resolves.toContain('=');
  });

  test('[check 30] asking for a letter says nothing about the address', async () => {
    const owner = await somebody('asked');
    for (const path of ['request-password-reset', 'send-verification-email']) {
      const [known, unknown] = [
        await post(path, { email: owner.email }),
        await post(path, { email: 'no@one.example' }),
      ];
      expect(await shapeOf(known)).toBe(await shapeOf(unknown));
    }
    await mailbox.letterTo(owner.email, PAGES.reset);
    await until('the letters were looked after', async () => {
      const waiting = { 'outbox.id': { $gt: '' } };
      return (await app.app.platform.db.collection('letters').countDocuments(waiting)) === 0;
    });
    expect(mailbox.received.filter(({ raw }) => raw.includes('no@one.example'))).toEqual([]);
    expect(await app.app.platform.db.collection('letters').countDocuments({ email: 'no@one.example' })).toBe(0);
  });

  test('[check 30] every answer about an account costs the same number of hashes', async () => {
    const owner = await somebody('hashed');
    const hashes = async (ask: () => Promise<unknown>): Promise<number> => {
      const read = async () =>
        Number((await (await fetch(`${app.url}/metrics`)).text()).match(/^password_hashes_total (\d+)/m)?.[1] ?? 0);
      const before = await read();
      await ask();
      return (await read()) - before;
    };
    const password = 'guessed by somebody';
    const unknown = 'nobody-at-all@test.example';
    for (const [path, body] of [
      ['sign-in/email', { password }],
      ['sign-up/email', { password, name: 'X' }],
      ['request-password-reset', {}],
      ['send-verification-email', {}],
    ] as const) {
      const known = await hashes(() => post(path, { ...body, email: owner.email }));
      expect({ path, hashes: await hashes(() => post(path, { ...body, email: unknown })) }).toEqual({
        path,
        hashes: known,
      });
    }
  });

  test('an account that a stranger opened goes to the owner of the address with nothing of the stranger’s', async () => {
    const { email } = newcomer();
    await post('sign-up/email', { name: 'Stranger', email, password: 'the password of a stranger' });
    await post('sign-up/email', { name: 'Owner', email, password: 'the password of the owner' });
    const token = await mailbox.secretFor(email, PAGES.reset);
    expect((await post('reset-password', { token, newPassword: 'the password of the owner' })).status).toBe(200);
    await expect(signIn(app.url, email, 'the password of a stranger')).rejects.toThrow('401');
    await expect(signIn(app.url, email, 'the password of the owner')).resolves.toContain('=');
    // The first letter died with the password that it would have confirmed.
    const first = await mailbox.secretFor(email, PAGES.verify);
    expect(await reasonOf(await post('verify-email', { token: first }))).toBe('400 bad-link');
  });

  test('[A5] a link is dead after its time', async () => {
    const person = newcomer();
    await post('sign-up/email', person);
    const token = await mailbox.secretFor(person.email, PAGES.verify);
    ahead = 24 * 3600_000 + 1000;
    expect(await reasonOf(await post('verify-email', { token }))).toBe('400 bad-link');
    ahead = 0;
    expect((await post('send-verification-email', { email: person.email })).status).toBe(200);
    const again = await mailbox.secretFor(person.email, PAGES.verify, 2);
    expect((await post('verify-email', { token: again })).status).toBe(200);
  });
});

describe('[check 41] a forgotten password', () => {
  test('[A9] is chosen anew once, which ends every session; of many at once one wins', async () => {
    const person = await somebody('forgetful');
    const token = await passwordReset(person.email);
    const socket = await person.live();
    const closed = new Promise((resolve) => socket.once('disconnect', resolve));
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, i) => post('reset-password', { token, newPassword: `the new sentence ${i}` })),
    );
    const winner = answers.findIndex(({ status }) => status === 200);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array(19).fill(400)]);
    await closed;
    expect(await opens(app, person.cookie)).toBe(false);
    await expect(signIn(app.url, person.email)).rejects.toThrow('401');
    await expect(signIn(app.url, person.email, `the new sentence ${winner}`)).resolves.toContain('=');
    await mailbox.letterTo(person.email, 'vient de changer');
  });

  test('a bad choice does not use the link up', async () => {
    const person = await somebody('chooser');
    const token = await passwordReset(person.email);
    expect(await reasonOf(await post('reset-password', { token, newPassword: 'password123' }))).toBe(
      '400 password-too-common',
    );
    expect(await reasonOf(await post('reset-password', { token, newPassword: 'short' }))).toBe(
      '400 password-too-short',
    );
    expect((await post('reset-password', { token, newPassword: 'a better sentence' })).status).toBe(200);
  });

  test('[A5] a link lives half an hour, and dies with its fellows when one is used', async () => {
    const person = await somebody('twice');
    const [first, second] = [await passwordReset(person.email), await passwordReset(person.email)];
    ahead = 30 * 60_000 + 1000;
    expect(await reasonOf(await post('reset-password', { token: first, newPassword: 'another sentence' }))).toBe(
      '400 bad-link',
    );
    ahead = 0;
    expect((await post('reset-password', { token: second, newPassword: 'another sentence' })).status).toBe(200);
    expect(await reasonOf(await post('reset-password', { token: first, newPassword: 'a third sentence' }))).toBe(
      '400 bad-link',
    );
  });

  test('personal access tokens end with it when that is wanted', async () => {
    const person = await somebody('tokens');
    const bearer = async () => ({
      authorization: `Bearer ${(await person.api.accounts.createToken({ name: 't' })).token}`,
    });
    const [kept, ended] = [await bearer(), await bearer()];
    const status = async (headers: Record<string, string>) => (await fetch(`${app.url}/api/me`, { headers })).status;
    const reset = async (revokeTokens: boolean) => {
      const token = await passwordReset(person.email);
      return post('reset-password', { token, newPassword: 'yet another sentence', revokeTokens });
    };
    await reset(false);
    expect(await status(kept)).toBe(200);
    await reset(true);
    expect([await status(kept), await status(ended)]).toEqual([401, 401]);
  });

  test('[check 38] whoever reads the mail of the account gets in, however others guess', async () => {
    const person = await somebody('besieged');
    const credentials = { email: person.email, password: 'the sentence that I chose' };
    for (let i = 0; i < 11; i += 1) await post('sign-in/email', { ...credentials, password: `guess ${i}` });
    const token = await passwordReset(person.email);
    const reset = await post('reset-password', { token, newPassword: credentials.password });
    expect((await post('sign-in/email', credentials)).status).toBe(429);
    expect((await post('sign-in/email', credentials, { cookie: cookieOf(reset) })).status).toBe(200);
  });

  test('a suspended person chooses none', async () => {
    const person = await somebody('barred');
    const token = await passwordReset(person.email);
    await app.app.platform.db
      .collection<{ _id: string }>('users')
      .updateOne({ _id: person.id }, { $set: { suspendedAt: new Date() } });
    expect(await reasonOf(await post('reset-password', { token, newPassword: 'a new sentence' }))).toBe('400 bad-link');
    expect(await reasonOf(await post('sign-in/email', { email: person.email, password: PASSWORD }))).toBe(
      '403 account-suspended',
    );
  });
});

describe('another address', () => {
  const change = (person: { cookie: string }, newEmail: string, currentPassword = PASSWORD) =>
    post('change-email', { newEmail, currentPassword }, { cookie: person.cookie });

  test('counts once it was confirmed; the one before is told, and its links are dead [check 42]', async () => {
    const person = await somebody('mover');
    const stale = await passwordReset(person.email);
    expect((await change(person, 'moved@test.example')).status).toBe(200);
    expect((await person.api.accounts.me({})).email).toBe('mover@test.example');
    const token = await mailbox.secretFor('moved@test.example', PAGES.change);
    const answers = await Promise.all(Array.from({ length: 20 }, () => post('confirm-email', { token })));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array(19).fill(400)]);
    expect(await person.api.accounts.me({})).toMatchObject({ email: 'moved@test.example', emailVerified: true });
    const { text } = await mailbox.letterTo('mover@test.example', 'a quitté l’adresse');
    expect(text).toContain('moved@test.example');
    expect(await reasonOf(await post('reset-password', { token: stale, newPassword: 'a new sentence' }))).toBe(
      '400 bad-link',
    );
    await expect(signIn(app.url, 'mover@test.example')).rejects.toThrow('401');
    await expect(signIn(app.url, 'moved@test.example')).resolves.toContain('=');
  });

  test('[A7] waits in sight of its person alike whether it is taken, until it is confirmed, withdrawn or too old', async () => {
    const [person, owner] = [await somebody('waiting'), await somebody('owning')];
    const waitsFor = async () => (await person.api.accounts.me({})).pendingEmail;
    await change(person, owner.email);
    await mailbox.letterTo(owner.email, 'déjà un compte');
    expect(await waitsFor()).toBe(owner.email);
    await change(person, 'hoped-for@test.example');
    expect(await waitsFor()).toBe('hoped-for@test.example');
    const first = await mailbox.secretFor('hoped-for@test.example', PAGES.change);
    expect((await person.api.accounts.withdrawEmail({})).pendingEmail).toBeUndefined();
    expect(await reasonOf(await post('confirm-email', { token: first }))).toBe('400 bad-link');
    await change(person, 'second-thought@test.example');
    ahead = 25 * 3_600_000;
    expect(await waitsFor()).toBeUndefined();
    ahead = 0;
    expect(await waitsFor()).toBe('second-thought@test.example');
    await post('confirm-email', { token: await mailbox.secretFor('second-thought@test.example', PAGES.change) });
    expect(await person.api.accounts.me({})).toMatchObject({ email: 'second-thought@test.example' });
    expect(await waitsFor()).toBeUndefined();
  });

  test('[check 42] a link that was mailed to an address confirms no other one', async () => {
    const person = newcomer();
    await post('sign-up/email', person);
    const token = await mailbox.secretFor(person.email, PAGES.verify);
    const users = app.app.platform.db.collection('users');
    await users.updateOne({ email: person.email }, { $set: { email: 'elsewhere@test.example' } });
    expect(await reasonOf(await post('verify-email', { token }))).toBe('400 bad-link');
    expect(await users.findOne({ email: 'elsewhere@test.example' })).toMatchObject({ emailVerified: false });
    expect(await reasonOf(await post('sign-in/email', { email: 'elsewhere@test.example', password: PASSWORD }))).toBe(
      '403 email-not-verified',
    );
  });

  test('needs the password, whose wrong guesses count', async () => {
    const person = await somebody('guessed');
    const cookie = person.cookie.split('; ').find((one) => one.includes('session')) ?? '';
    const statuses: string[] = [];
    for (let i = 0; i < 11; i += 1)
      statuses.push(await reasonOf(await change({ cookie }, 'x@test.example', `guess ${i}`)));
    expect(statuses).toEqual([...Array(10).fill('400 invalid-password'), '429 too-many-attempts']);
    expect(mailbox.received.filter(({ raw }) => raw.includes('To: x@test.example'))).toEqual([]);
  });

  test('[check 30] a taken one is answered as a free one; its owner is told, and nothing changes', async () => {
    const [person, owner] = [await somebody('wishful'), await somebody('holder')];
    const [taken, free] = [await change(person, owner.email), await change(person, 'free-one@test.example')];
    expect(await shapeOf(taken)).toBe(await shapeOf(free));
    const { text } = await mailbox.letterTo(owner.email, 'déjà un compte');
    expect(text).not.toContain(person.email);
    expect(text).not.toContain(PAGES.change);
  });

  test('that somebody else took meanwhile stays theirs', async () => {
    const person = await somebody('slow');
    await change(person, 'wanted@test.example');
    const token = await mailbox.secretFor('wanted@test.example', PAGES.change);
    await app.app.platform.auth.createAccount({ email: 'wanted@test.example', name: 'Fast', password: PASSWORD });
    expect(await reasonOf(await post('confirm-email', { token }))).toBe('409 email-taken');
    expect((await person.api.accounts.me({})).email).toBe('slow@test.example');
  });

  test('is not the one there is', async () => {
    const person = await somebody('same');
    expect(await reasonOf(await change(person, person.email))).toBe('400 same-address');
  });
});

describe('[check 51] [A10] letters', () => {
  test('leave to one address five times an hour, whether it has an account or not', async () => {
    await somebody('flooded');
    for (const email of ['flooded@test.example', 'unheard-of@test.example']) {
      const statuses: number[] = [];
      for (let i = 0; i < 6; i += 1) {
        const answer = await post('request-password-reset', { email }, { 'x-forwarded-for': `10.9.0.${i}` });
        statuses.push(answer.status);
        if (answer.status === 429) expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(60);
      }
      expect(statuses).toEqual([200, 200, 200, 200, 200, 429]);
    }
  });
});

test('[check 33] a link of one kind is none of another', async () => {
  const person = await somebody('confuser');
  const reset = await passwordReset(person.email);
  await post(
    'change-email',
    { newEmail: 'confused@test.example', currentPassword: PASSWORD },
    { cookie: person.cookie },
  );
  const change = await mailbox.secretFor('confused@test.example', PAGES.change);
  expect(await reasonOf(await post('verify-email', { token: reset }))).toBe('400 bad-link');
  expect(await reasonOf(await post('confirm-email', { token: reset }))).toBe('400 bad-link');
  expect(await reasonOf(await post('reset-password', { token: change, newPassword: 'a new sentence' }))).toBe(
    '400 bad-link',
  );
  expect((await post('../invitations/look', { token: reset })).status).toBe(404);
  expect((await post('confirm-email', { token: change })).status).toBe(200);
});

test('[check 41] [check 50] no secret of a letter is in the store, in the log or in an answer', async () => {
  const secrets = mailbox.received.flatMap(({ text }) =>
    [...text.matchAll(/#([A-Za-z0-9_-]{43})/g)].map(([, one]) => one),
  );
  expect(secrets.length).toBeGreaterThan(10);
  const stored = await everythingStored(app);
  const lines = logged.join('');
  expect(logged.length).toBeGreaterThan(100);
  for (const secret of secrets) {
    expect(stored).not.toContain(secret);
    expect(lines).not.toContain(secret);
  }
  for (const password of [PASSWORD, 'the new sentence', 'guessed by somebody']) {
    expect(stored).not.toContain(password);
    expect(lines).not.toContain(password);
  }
  const session = sessionCookieOf(await post('sign-in/email', { email: 'holder@test.example', password: PASSWORD }));
  const token = decodeURIComponent(session.split('=')[1] ?? '').split('.')[0] ?? '';
  expect(token.length).toBeGreaterThanOrEqual(22);
  expect(await everythingStored(app)).not.toContain(token);
  expect(logged.join('')).not.toContain(token);
});

test('[check 41] the pages of mailed links name themselves to no other site', async () => {
  for (const page of Object.values(PAGES)) {
    const answer = await fetch(`${app.url}${page}`);
    expect(answer.headers.get('referrer-policy')).toBe('no-referrer');
  }
});
