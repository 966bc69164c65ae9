import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { SMTPServer } from 'smtp-server';
import { startApp, type TestApp, until } from '../../../test/harness.ts';

let app: TestApp;
let relay: SMTPServer;
const received: string[] = [];
/** What the relay answers to the next letters: an error for each entry. */
const refusals: Error[] = [];

beforeAll(async () => {
  relay = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onData: (stream, _session, done) => {
      let text = '';
      stream.on('data', (chunk: Buffer) => {
        text += chunk.toString('utf8');
      });
      stream.on('end', () => {
        const refusal = refusals.shift();
        if (refusal !== undefined) return done(refusal);
        received.push(text);
        done();
      });
    },
  });
  await new Promise<void>((resolve) => relay.listen(0, '127.0.0.1', resolve));
  const { port } = relay.server.address() as AddressInfo;
  app = await startApp({
    env: { SMTP_URL: `smtp://127.0.0.1:${port}`, MAIL_FROM: 'Concert <concert@region.example>' },
  });
});
afterAll(async () => {
  await new Promise<void>((resolve) => relay.close(() => resolve()));
  await app.stop();
});

const letterTo = (address: string): Promise<string> =>
  until(`a letter to ${address}`, () => received.find((text) => text.includes(`To: ${address}`)));

test('an invitation leaves over SMTP with a text and an HTML part', async () => {
  const anna = await app.as('anna');
  const { id } = await anna.api.workspaces.create({ name: 'Besoins 2026' });
  await anna.api.workspaces.addMember({ id, email: 'first@elsewhere.example', role: 'viewer' });
  const letter = await letterTo('first@elsewhere.example');
  expect(letter).toContain('From: Concert <concert@region.example>');
  expect(letter).toMatch(/Content-Type: text\/plain/);
  expect(letter).toMatch(/Content-Type: text\/html/);
  expect(letter).toMatch(/Message-ID: <[0-9a-f-]{36}@concert>/i);
});

test('a letter that the relay refuses for now is sent again', async () => {
  const anna = await app.as('anna');
  const { id } = await anna.api.workspaces.create({ name: 'Besoins 2027' });
  refusals.push(Object.assign(new Error('try again later'), { responseCode: 451 }));
  await anna.api.workspaces.addMember({ id, email: 'second@elsewhere.example', role: 'viewer' });
  await letterTo('second@elsewhere.example');
});

test('a name with line breaks adds no header', async () => {
  const person = await app.as('breaker', { name: 'Eve\r\nBcc: everybody@elsewhere.example' });
  const { id } = await person.api.workspaces.create({ name: 'X' });
  await person.api.workspaces.addMember({ id, email: 'third@elsewhere.example', role: 'viewer' });
  expect(await letterTo('third@elsewhere.example')).not.toMatch(/^Bcc:/m);
});
