import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { afterEach, describe, expect, test } from '@jest/globals';
import { MongoClient } from 'mongodb';
import { PASSWORD } from './harness.ts';
import { type Running, runServer } from './process.ts';

const ended: (() => unknown)[] = [];
const start = (env: Record<string, string>): Running => {
  const server = runServer({ env });
  ended.push(() => {
    server.child.kill('SIGKILL');
    rmSync(server.dataDir, { recursive: true, force: true });
  });
  return server;
};
afterEach(async () => {
  for (const end of ended.splice(0).reverse()) await end();
});

const production = { NODE_ENV: 'production', LOG_LEVEL: 'info', AUTH_SECRET: randomBytes(48).toString('base64') };

/** A database of its own in the tests' server. */
async function database() {
  const name = `start_${randomBytes(6).toString('hex')}`;
  const client = await new MongoClient(process.env.TEST_MONGODB_URL ?? '').connect();
  ended.push(async () => {
    await client.db(name).dropDatabase();
    await client.close();
  });
  const url = new URL(process.env.TEST_MONGODB_URL ?? '');
  url.pathname = `/${name}`;
  return { db: client.db(name), url: url.href };
}

describe('a start that must not be', () => {
  test('[check 65] production refuses, in one line: no secret, a copied one, everybody’s door, the demonstration, a talkative log', async () => {
    const attempts: readonly (readonly [Record<string, string>, RegExp])[] = [
      [{ ...production, AUTH_SECRET: '' }, /AUTH_SECRET/],
      [{ ...production, AUTH_SECRET: 'change-me-change-me-change-me-change-me' }, /AUTH_SECRET/],
      [{ ...production, HOST: '0.0.0.0' }, /PUBLIC_URL/],
      [{ ...production, DEMO: 'true' }, /DEMO/],
      [{ ...production, LOG_LEVEL: 'debug' }, /LOG_LEVEL/],
    ];
    let refused = 0;
    for (const [env, why] of attempts) {
      const server = start(env);
      expect(await server.exited).toBe(1);
      expect(server.said.out).toBe('');
      expect(server.said.err.trim()).toMatch(/^Concert cannot start: .*$/);
      expect(server.said.err).toMatch(why);
      expect(server.said.err).not.toContain(env.AUTH_SECRET || 'nothing');
      refused += 1;
    }
    process.stdout.write(`refused to start: ${refused} of ${attempts.length}\n`);
  }, 120_000);

  test('[F16] on data of a newer version it says so in one line, and touches nothing', async () => {
    const { db, url } = await database();
    await db.collection<{ _id: string; version: number }>('meta').insertOne({ _id: 'data', version: 999 });
    const server = start({ MONGODB_URL: url });
    expect(await server.exited).toBe(1);
    expect(server.said.err.trim()).toMatch(/^Concert cannot start: the data are of version 999 .*$/);
    expect((await db.listCollections().toArray()).map(({ name }) => name)).toEqual(['meta']);
    expect(await db.collection('meta').find().toArray()).toEqual([{ _id: 'data', version: 999 }]);
  }, 120_000);
});

describe('a first start', () => {
  test('[check 65] makes an administrator of nobody but who has the printed link, once', async () => {
    const { url: mongodbUrl } = await database();
    const server = start({ ...production, MONGODB_URL: mongodbUrl });
    const url = await server.ready();
    const claim = (token: string): Promise<Response> =>
      fetch(`${url}/api/claim`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin: url },
        body: JSON.stringify({ token, name: 'First', email: 'first@test.example', password: PASSWORD }),
      });
    expect((await claim(randomBytes(32).toString('base64url'))).status).toBe(404);
    const link = /Claim it once at (http\S+)/.exec(server.said.out)?.[1] ?? '';
    const token = /[\w-]{20,}$/.exec(link)?.[0] ?? '';
    expect(token).not.toBe('');
    expect((await claim(token)).status).toBe(200);
    expect((await claim(token)).status).toBe(404);
    expect(server.said.err).not.toContain(token);
    expect(await server.stop()).toBe(0);
  }, 120_000);
});
