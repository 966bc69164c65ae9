import { expect, test } from '@jest/globals';
import { MongoClient } from 'mongodb';
import { pino } from 'pino';
import { systemPorts } from '../ports.ts';
import { createLibrary } from './library.ts';
import { hashPassword, verifyPassword } from './password.ts';

test('the authentication library has nothing to complain of in its settings', async () => {
  const client = await MongoClient.connect(process.env.TEST_MONGODB_URL ?? '');
  const lines: string[] = [];
  const log = pino({ level: 'warn' }, { write: (line: string) => lines.push(line) });
  const library = createLibrary({
    db: client.db('library'),
    secret: 'a secret of the tests that is long enough',
    https: false,
    url: 'http://127.0.0.1:0',
    ports: systemPorts,
    log,
    isOwnOrigin: () => false,
    passwords: { hash: hashPassword, verify: verifyPassword },
    refusal: async () => undefined,
    onSessionEnded: async () => undefined,
  });
  const { baseURL } = await library.$context;
  expect(baseURL).toBe('http://127.0.0.1:0/api/auth');
  expect(lines).toEqual([]);
  await client.close();
});
