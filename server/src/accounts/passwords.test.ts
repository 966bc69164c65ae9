import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { hash } from '@node-rs/argon2';
import { cookieOf, everythingStored, newcomer, posting } from '../../test/accounts.ts';
import { clientOf, PASSWORD, signIn, startApp, type TestApp } from '../../test/harness.ts';

/** The kinds of argon2 by the numbers of the package, whose own names are erased with its types. */
const [ARGON2I, ARGON2ID] = [1, 2];

let app: TestApp;
let post: ReturnType<typeof posting>;
const logged: string[] = [];

beforeAll(async () => {
  app = await startApp({ env: { LOG_LEVEL: 'trace' }, onLog: (line) => logged.push(line) });
  post = posting(app);
});
afterAll(() => app.stop());

const reasonOf = async (response: Response): Promise<string> =>
  `${response.status} ${((await response.json()) as { data: { reason: string } }).data.reason}`;

/** Every way in which somebody chooses a password. */
const CHOICES: Readonly<Record<string, (password: string) => Promise<Response>>> = {
  'opening an account': (password) => post('sign-up/email', newcomer({ password })),
  'changing it': async (newPassword) => {
    const cookie = cookieOf(await post('sign-up/email', newcomer()));
    return post('change-password', { currentPassword: PASSWORD, newPassword }, { cookie });
  },
  'claiming the installation': (password) => {
    const { name, email } = newcomer();
    return post('../claim', { token: 'x'.repeat(43), name, email, password });
  },
};

describe.each(Object.entries(CHOICES))('[check 36] a password chosen by %s', (_way, choose) => {
  test.each([
    ['password123', 'password-too-common'],
    ['Azertyuiop', 'password-too-common'],
    ['juventus1', 'password-too-common'],
    ['12345678', 'password-too-common'],
    ['concert-2026', 'password-too-common'],
    ['Rhone-Alpes-26', 'password-too-personal'],
    ['auvergne2026', 'password-too-personal'],
  ])('is refused with its reason: %s', async (password, reason) => {
    expect(await reasonOf(await choose(password))).toBe(`400 ${reason}`);
  });
});

describe('[check 36] a password', () => {
  const up = (password: string) => post('sign-up/email', newcomer({ password }));

  test('has eight characters at least and 256 at most, and no other shape is asked for', async () => {
    expect(await reasonOf(await up('kx7qp2w'))).toBe('400 password-too-short');
    expect(await reasonOf(await up('x7'.repeat(129)))).toBe('400 password-too-long');
    for (const password of ['kxjqpzwv', '94715028', 'grès et neige '.repeat(5).slice(0, 64), 'ß🎻字 ж'.repeat(20)])
      expect((await up(password)).status).toBe(200);
  });

  test('of 128 characters, in letters of any script, opens the account that it made', async () => {
    const person = newcomer({ password: 'ñandú œuvre Ελλάς 東京 '.repeat(8).slice(0, 128) });
    expect((await post('sign-up/email', person)).status).toBe(200);
    // The same letters, written with combining accents, as another keyboard sends them.
    await expect(signIn(app.url, person.email, person.password.normalize('NFD'))).resolves.toContain('=');
    await expect(signIn(app.url, person.email, person.password.slice(0, 127))).rejects.toThrow('401');
  });

  test('that holds the person’s own name or address and little else is refused', async () => {
    const person = { name: 'Zoë Kervadec', email: 'z.lanvaudan@test.example' };
    for (const password of ['kervadec75', 'ZoeKervadec', 'lanvaudan-1'])
      expect(await reasonOf(await post('sign-up/email', { ...person, password }))).toBe('400 password-too-personal');
  });

  test('of ten megabytes is refused before it is read', async () => {
    const before = await hashes();
    const response = await up('x'.repeat(10_000_000));
    expect(response.status).toBe(413);
    expect(await hashes()).toBe(before);
  });

  test('that was good enough once goes on opening its account', async () => {
    const { auth } = app.app.platform;
    await auth.createAccount({ email: 'chair@demo.concert.test', name: 'Chair', password: 'concert-demo' });
    await expect(signIn(app.url, 'chair@demo.concert.test', 'concert-demo')).resolves.toContain('=');
  });
});

const hashes = async (): Promise<number> =>
  Number((await (await fetch(`${app.url}/metrics`)).text()).match(/^password_hashes_total (\d+)/m)?.[1] ?? 0);

describe('[check 35] at rest', () => {
  const stored = async (email: string): Promise<string> => {
    const { db } = app.app.platform;
    const user = await db.collection<{ _id: string; email: string }>('users').findOne({ email });
    return String((await db.collection('accounts').findOne({ userId: user?._id }))?.password);
  };
  const store = async (email: string, password: string): Promise<void> => {
    const { db } = app.app.platform;
    const user = await db.collection<{ _id: string; email: string }>('users').findOne({ email });
    await db.collection('accounts').updateOne({ userId: user?._id }, { $set: { password } });
  };

  test.each([
    ['less memory', { memoryCost: 8192, timeCost: 2, parallelism: 1, algorithm: ARGON2ID }],
    ['fewer passes', { memoryCost: 19_456, timeCost: 1, parallelism: 1, algorithm: ARGON2ID }],
    ['another kind of argon2', { memoryCost: 19_456, timeCost: 2, parallelism: 1, algorithm: ARGON2I }],
  ])('a hash made with %s is renewed when its owner signs in, and not by a guess', async (_what, cost) => {
    const person = newcomer();
    await post('sign-up/email', person);
    await store(person.email, await hash(PASSWORD, cost));
    await expect(signIn(app.url, person.email, 'a wrong sentence')).rejects.toThrow('401');
    expect(await stored(person.email)).not.toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    await signIn(app.url, person.email);
    expect(await stored(person.email)).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    await expect(signIn(app.url, person.email)).resolves.toContain('=');
  });

  test('a hash made with more effort than today’s stays', async () => {
    const person = newcomer();
    await post('sign-up/email', person);
    const strong = await hash(PASSWORD, { memoryCost: 32_768, timeCost: 3, parallelism: 1 });
    await store(person.email, strong);
    await signIn(app.url, person.email);
    expect(await stored(person.email)).toBe(strong);
  });

  test('no password is in the store, in the log or in an answer, whatever became of it', async () => {
    const canary = 'canary sentence of this very test';
    const person = newcomer({ password: canary });
    const answers = [
      await post('sign-up/email', person),
      await post('sign-up/email', person),
      await post('sign-in/email', person),
      await post('sign-in/email', { email: person.email, password: `${canary} wrong` }),
      await post('sign-in/email', { email: { $ne: canary }, password: canary }),
      await post('change-password', { currentPassword: canary, newPassword: canary }),
      await post('reset-password', { token: 'x'.repeat(43), newPassword: canary }),
      await post('no-such-route', { password: canary }),
      await fetch(`${app.url}/api/auth/sign-in/email?password=${encodeURIComponent(canary)}`),
    ];
    for (const answer of answers) expect(await answer.text()).not.toContain('canary');
    expect(await everythingStored(app)).not.toContain('canary');
    expect(logged.length).toBeGreaterThan(50);
    expect(logged.join('')).not.toContain('canary');
  });
});

test('[check 38] a wrong current password counts as a guess at the account', async () => {
  const person = newcomer();
  const up = await post('sign-up/email', person);
  const cookie = cookieOf(up)
    .split('; ')
    .filter((one) => one.includes('session'))
    .join('; ');
  const change = (currentPassword: string) =>
    post('change-password', { currentPassword, newPassword: 'a sentence for later' }, { cookie });
  const reasons: string[] = [];
  for (let i = 0; i < 11; i += 1) reasons.push(await reasonOf(await change(`guess ${i}`)));
  expect(reasons).toEqual([...Array(10).fill('400 invalid-password'), '429 too-many-attempts']);
  expect((await post('sign-in/email', { email: person.email, password: PASSWORD })).status).toBe(429);
  // Known to be the owner's: it goes on.
  expect(
    (await post('sign-in/email', { email: person.email, password: PASSWORD }, { cookie: cookieOf(up) })).status,
  ).toBe(200);
});

test('the first administrator’s link is not used up by a bad choice', async () => {
  const link = (await app.app.platform.auth.claimLink()) ?? '';
  const token = link.split(/[/#]/).at(-1) ?? '';
  const claim = (password: string) =>
    clientOf(app.url, {}).accounts.claim({ token, name: 'First', email: 'first@test.example', password });
  await expect(claim('password123')).rejects.toMatchObject({ status: 400, data: { reason: 'password-too-common' } });
  await expect(claim('a sentence for the first')).resolves.toMatchObject({ personId: expect.any(String) });
});
