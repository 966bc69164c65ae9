import { LIMITS } from '@concert/domain/accounts/rules.ts';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { cookieOf, newcomer, opens, posting } from '../../test/accounts.ts';
import { PASSWORD, startApp, type TestApp } from '../../test/harness.ts';
import { networkOf } from '../platform/limits.ts';

/** What clients claim of their own address. */
const claims = (i: number): Record<string, string> => ({
  'x-forwarded-for': `10.${i}.0.1, 10.0.${i}.1`,
  'x-real-ip': `10.1.0.${i}`,
  'cf-connecting-ip': `10.2.0.${i}`,
  'true-client-ip': `10.3.0.${i}`,
  forwarded: `for=10.4.0.${i}`,
});

const hashesOf = (app: TestApp) => async (): Promise<number> =>
  Number((await (await fetch(`${app.url}/metrics`)).text()).match(/^password_hashes_total (\d+)/m)?.[1] ?? 0);

describe('[check 38] guessing at one account', () => {
  let app: TestApp;
  let post: ReturnType<typeof posting>;
  beforeAll(async () => {
    app = await startApp();
    post = posting(app);
  });
  afterAll(() => app.stop());

  test('forty guesses under as many claimed addresses are ten checks, all at once or one after the other', async () => {
    const person = newcomer();
    await post('sign-up/email', person);
    const hashes = hashesOf(app);
    const before = await hashes();
    const guess = (i: number) => post('sign-in/email', { email: person.email, password: `guess ${i}` }, claims(i));
    const atOnce = await Promise.all(Array.from({ length: 30 }, (_, i) => guess(i)));
    const later: Response[] = [];
    for (let i = 30; i < 40; i += 1) later.push(await guess(i));
    const statuses = [...atOnce, ...later].map(({ status }) => status);
    expect(statuses.filter((status) => status === 401)).toHaveLength(10);
    expect(statuses.filter((status) => status === 429)).toHaveLength(30);
    for (const answer of later) expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(600);
    expect((await hashes()) - before).toBe(10);
  });

  test('the owner comes in from a browser that the account knows, guesses from it count apart', async () => {
    const person = newcomer();
    const known = cookieOf(await post('sign-up/email', person));
    const device = known.split('; ').find((one) => one.includes('device')) ?? '';
    const credentials = { email: person.email, password: PASSWORD };
    for (let i = 0; i < 11; i += 1) await post('sign-in/email', { ...credentials, password: `guess ${i}` });
    expect((await post('sign-in/email', credentials)).status).toBe(429);
    const signedIn = await post('sign-in/email', credentials, { cookie: device });
    expect(await opens(app, cookieOf(signedIn))).toBe(true);
    for (let i = 0; i < 11; i += 1)
      await post('sign-in/email', { ...credentials, password: `${i}` }, { cookie: device });
    expect((await post('sign-in/email', credentials, { cookie: device })).status).toBe(429);
    // Neither cut short nor made up is it a mark.
    for (const cookie of [
      device.slice(0, -1),
      `${device.slice(0, -1)}x`,
      `concert.device=${'A'.repeat(22)}.${'A'.repeat(43)}`,
    ])
      expect((await post('sign-in/email', credentials, { cookie })).status).toBe(429);
  });
});

/** Leaves three guesses to a network. */
async function almostFull(app: TestApp, network: string): Promise<void> {
  const used = LIMITS.wrongPasswordsOfNetwork.points - 3;
  for (let i = 0; i < used; i += 1) await app.app.platform.limits.spend('wrongPasswordsOfNetwork', network);
}

/** A guess at an account of which nobody has heard. */
const guessAt = (post: ReturnType<typeof posting>, headers: Record<string, string>): Promise<Response> =>
  post('sign-in/email', { email: newcomer().email, password: 'Summer2026!' }, headers);

test('[check 38] one guess at each of many accounts is many guesses from one network, whose known browsers go on', async () => {
  const app = await startApp();
  const post = posting(app);
  try {
    const person = newcomer();
    const known = cookieOf(await post('sign-up/email', person));
    await almostFull(app, '127.0.0.1');
    const statuses: number[] = [];
    for (let i = 0; i < 6; i += 1) statuses.push((await guessAt(post, claims(i))).status);
    expect(statuses).toEqual([401, 401, 401, 429, 429, 429]);
    const credentials = { email: person.email, password: PASSWORD };
    expect((await post('sign-in/email', credentials)).status).toBe(429);
    expect((await post('sign-in/email', credentials, { cookie: known })).status).toBe(200);
  } finally {
    await app.stop();
  }
});

describe('[check 38] behind a proxy', () => {
  test.each([
    ['is not asked when it is not ours', '192.0.2.1', '127.0.0.1', 429],
    ['names the client when it is', '127.0.0.1', '198.51.100.7', 401],
  ])('what it says of the address %s', async (_what, trusted, network, other) => {
    const app = await startApp({ env: { TRUSTED_PROXIES: trusted } });
    const post = posting(app);
    try {
      await almostFull(app, network);
      const statuses: number[] = [];
      // The client writes the left part itself; the proxy adds the address that it saw.
      for (let i = 0; i < 4; i += 1)
        statuses.push((await guessAt(post, { 'x-forwarded-for': `10.0.0.${i}, 198.51.100.7` })).status);
      expect(statuses).toEqual([401, 401, 401, 429]);
      expect((await guessAt(post, { 'x-forwarded-for': '198.51.100.8' })).status).toBe(other);
    } finally {
      await app.stop();
    }
  });
});

test.each([
  ['203.0.113.7', '203.0.113.7'],
  ['::ffff:203.0.113.7', '203.0.113.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:0db8:0001:0002::1', '2001:db8:1:2::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
])('[A10] %s is counted as %s', (address, network) => {
  expect(networkOf(address)).toBe(network);
});
