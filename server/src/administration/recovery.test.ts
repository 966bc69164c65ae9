import { execFile } from 'node:child_process';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { clientOf, PASSWORD, signIn, startApp, type TestApp } from '../../test/harness.ts';
import { recoveryFile, recoveryNote } from '../platform/auth/recovery.ts';
import { newSecret } from '../platform/auth/secrets.ts';

const ROOT = join(import.meta.dirname, '../../..');
const run = promisify(execFile);

let app: TestApp;
beforeAll(async () => {
  app = await startApp();
  await app.as('lost', { platformRole: 'administrator' });
});
afterAll(() => app.stop());

const printed = async (...args: string[]): Promise<string> => {
  const env = { ...process.env, DATA_DIR: app.dataDir, PUBLIC_URL: 'https://concert.example', NODE_OPTIONS: '' };
  const script = [join(ROOT, 'node_modules/tsx/dist/cli.mjs'), join(ROOT, 'server/src/admin.ts'), ...args];
  return (await run(process.execPath, script, { env })).stdout.trim();
};
const claim = (token: string, email: string) =>
  clientOf(app.url, {}).accounts.claim({ token, name: 'Back', email, password: PASSWORD });

test('where no administrator can sign in, a link printed on the machine itself makes another one, once', async () => {
  const link = await printed('link');
  expect(link).toMatch(/^https:\/\/concert\.example\/claim#[\w-]{43}$/);
  const token = link.split('#').at(-1) ?? '';
  expect(statSync(recoveryFile(app.dataDir)).mode & 0o077).toBe(0);
  expect(readFileSync(recoveryFile(app.dataDir), 'utf8')).not.toContain(token);
  await expect(claim(newSecret(), 'stranger@test.example')).rejects.toMatchObject({ status: 404 });
  const tries = await Promise.allSettled([0, 1, 2, 3].map((at) => claim(token, `back${at}@test.example`)));
  const winners = tries.flatMap((one, at) => (one.status === 'fulfilled' ? [at] : []));
  expect(winners).toHaveLength(1);
  await expect(claim(token, 'again@test.example')).rejects.toMatchObject({ status: 404 });
  const cookie = await signIn(app.url, `back${winners[0]}@test.example`);
  expect((await clientOf(app.url, { cookie }).accounts.me({})).platformRole).toBe('administrator');
});

test('such a link works for an hour, and a note that is damaged opens nothing', async () => {
  const secret = newSecret();
  writeFileSync(recoveryFile(app.dataDir), recoveryNote(secret, new Date(Date.now() - 3600_000)));
  await expect(claim(secret, 'late@test.example')).rejects.toMatchObject({ status: 404 });
  for (const damaged of ['', '{"tokenHash":', '{"tokenHash":{"$ne":""},"createdAt":"now"}']) {
    writeFileSync(recoveryFile(app.dataDir), damaged);
    await expect(claim(secret, 'damaged@test.example')).rejects.toMatchObject({ status: 404 });
  }
  await expect(printed('something')).rejects.toMatchObject({ code: 2 });
});
