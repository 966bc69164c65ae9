import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { CLOSE } from '@concert/contract';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Document } from 'mongodb';
import WebSocket from 'ws';
import { signIn, startApp, type TestApp, until } from '../../test/harness.ts';
import { type Cast, castOf } from '../../test/people.ts';

let app: TestApp;
let cast: Cast;
let hear: (command: Document) => void = () => undefined;
beforeAll(async () => {
  app = await startApp({ onCommand: (command) => hear(command) });
  cast = await castOf(app);
});
afterAll(() => app.stop());

const create = async (): Promise<string> =>
  (await cast.editor.api.documents.create({ workspaceId: cast.workspaceId, kind: 'note', title: 'One', locale: 'en' }))
    .id;

async function open(documentId: string, cookie = cast.owner.cookie): Promise<WebSocket> {
  const headers = { cookie, origin: app.url };
  const socket = new WebSocket(`${app.url.replace('http', 'ws')}/sync/${documentId}`, { headers });
  await once(socket, 'open');
  return socket;
}

test('an open socket keeps nothing of the request that opened it', async () => {
  setFlagsFromString('--expose-gc');
  const collect: () => void = runInNewContext('gc');
  const requests: WeakRef<IncomingMessage>[] = [];
  const note = (request: IncomingMessage) => void requests.push(new WeakRef(request));
  app.app.server.prependListener('upgrade', note);
  const socket = await open(await create());
  app.app.server.off('upgrade', note);
  expect(requests).toHaveLength(1);
  await until('the request is gone', () => {
    collect();
    return requests.every((request) => request.deref() === undefined);
  });
  expect(socket.readyState).toBe(WebSocket.OPEN);
  socket.close();
});

test('many sockets are judged with few questions, and each of them by its own answer', async () => {
  const id = await create();
  const other = await signIn(app.url, cast.owner.email);
  const stays = await Promise.all(Array.from({ length: 12 }, () => open(id)));
  const goes = await Promise.all(Array.from({ length: 12 }, () => open(id, other)));
  const codes: number[] = [];
  for (const socket of goes) socket.on('close', (code) => codes.push(code));
  const asked = new Map<string, number>();
  hear = ({ find }) => {
    if (typeof find === 'string') asked.set(find, (asked.get(find) ?? 0) + 1);
  };
  await app.app.platform.rooms.invalidate({ personId: cast.owner.id });
  hear = () => undefined;
  // What goes on by itself asks too, now and then.
  for (const collection of ['sessions', 'tokens', 'users', 'documents', 'workspaces']) {
    expect(asked.get(collection)).toBeGreaterThanOrEqual(1);
    expect(asked.get(collection)).toBeLessThan(8);
  }
  const signedOut = await fetch(`${app.url}/api/auth/sign-out`, {
    method: 'POST',
    headers: { cookie: other, origin: app.url },
  });
  expect(signedOut.ok).toBe(true);
  await until('the sockets of that session are closed', () => codes.length === goes.length);
  expect(new Set(codes)).toEqual(new Set([CLOSE.noSession]));
  expect(new Set(stays.map(({ readyState }) => readyState))).toEqual(new Set([WebSocket.OPEN]));
  for (const socket of stays) socket.close();
});
