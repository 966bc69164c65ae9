import { CLOSE } from '@concert/contract';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import WebSocket from 'ws';
import { startApp, type TestApp, type TestPerson, until } from './harness.ts';
import { type Cast, castOf } from './people.ts';

let app: TestApp;
let cast: Cast;
let documentId: string;
beforeAll(async () => {
  app = await startApp({ env: { RATE_LIMITS: 'off' } });
  cast = await castOf(app);
  const { workspaceId } = cast;
  documentId = (await cast.editor.api.documents.create({ workspaceId, kind: 'note', title: 'Canary' })).id;
});
afterAll(() => app.stop());

const SOCKET_IO = '/socket.io/?EIO=4&transport=';

/** The first message of a stock client: what it has, which is nothing. */
const STEP_1 = Buffer.from([0, 0, 1, 0]);

type Knock = { readonly end: number; readonly bytes: number; readonly ms: number };

/** Tries to open a WebSocket; `end` is the status of a refused upgrade or the close code, 0 when it stays open. */
function knock(path: string, headers: Record<string, string>): Promise<Knock> {
  const began = performance.now();
  const socket = new WebSocket(app.url.replace('http', 'ws') + path, { headers });
  let bytes = 0;
  return new Promise((resolve) => {
    const end = (code: number): void => {
      resolve({ end: code, bytes, ms: performance.now() - began });
      socket.terminate();
    };
    socket.on('open', () => socket.send(STEP_1));
    // Whoever is let in is answered; nobody else is sent anything.
    socket.on('message', (data: Buffer) => {
      bytes += data.length;
      end(0);
    });
    socket.on('unexpected-response', (_request, response) => end(response.statusCode ?? 0));
    socket.on('close', (code) => end(code));
    socket.on('error', () => undefined);
  });
}

const own = (person: TestPerson): Record<string, string> => ({ cookie: person.cookie, origin: app.url });

/** What is wrong with a cookie, and the cookie. */
async function badCookies(): Promise<Readonly<Record<string, string>>> {
  const { cookie } = cast.editor;
  const [name = '', value = ''] = cookie.split(/=(.*)/s);
  const [token = ''] = decodeURIComponent(value).split('.');
  const other = await startApp({ env: { AUTH_SECRET: 'quite another secret, as long as it must be' } });
  const stranger = await other.as('editor1');
  await other.stop();
  const leaving = await app.as('leaving');
  const expiring = await app.as('expiring');
  await leaving.fetch('/api/auth/sign-out', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{}',
  });
  await app.app.platform.db
    .collection('sessions')
    .updateMany({ userId: expiring.id }, { $set: { expiresAt: new Date(Date.now() - 1000) } });
  return {
    'signed by nobody': `${name}=${token}`,
    'with another signature': `${name}=${encodeURIComponent(`${token}.${Buffer.alloc(32, 7).toString('base64')}`)}`,
    'tampered with': cookie.replace('=', '=x'),
    'signed with another secret': stranger.cookie,
    'signed out': leaving.cookie,
    expired: expiring.cookie,
  };
}

describe('without a session', () => {
  test('[check 1] no socket opens and no byte of a document is sent: no cookie, a bad one, a bad token', async () => {
    const origin = app.url;
    const bad = Object.entries(await badCookies()).map(([what, cookie]) => [what, { cookie, origin }] as const);
    const { token, id } = await cast.editor.api.accounts.createToken({ name: 'short-lived' });
    await cast.editor.api.accounts.revokeToken({ id });
    const attempts: readonly (readonly [string, Record<string, string>])[] = [
      ['nothing', { origin }],
      ...bad,
      ['a bearer that is none', { authorization: 'Bearer nothing' }],
      ['a revoked token', { authorization: `Bearer ${token}` }],
      ['a bad token beside a good cookie', { ...own(cast.editor), authorization: `Bearer ${token.slice(0, -1)}A` }],
    ];
    for (const [what, headers] of attempts) {
      const { end, bytes } = await knock(`/sync/${documentId}?saved=1`, headers);
      expect({ what, end, bytes }).toEqual({ what, end: CLOSE.noSession, bytes: 0 });
      const live = await knock(`${SOCKET_IO}websocket`, headers);
      expect({ what, end: live.end, bytes: live.bytes }).toEqual({ what, end: 401, bytes: 0 });
    }
    expect((await knock(`/sync/${documentId}`, own(cast.editor))).end).toBe(0);
  });
});

describe('from a foreign page', () => {
  test('[check 2] a good cookie opens nothing: seven origins by three transports', async () => {
    const { port } = new URL(app.url);
    const origins: readonly (readonly [string, string | undefined])[] = [
      ['no origin', undefined],
      ['null', 'null'],
      ['another host', 'http://evil.example'],
      ['our host as a prefix', `${app.url}.evil.example`],
      ['the beginning of ours', app.url.slice(0, -1)],
      ['another port', `http://127.0.0.1:${Number(port) + 1}`],
      ['upper case', app.url.toUpperCase()],
    ];
    const answers: string[] = [];
    for (const [what, origin] of origins) {
      const headers = { cookie: cast.editor.cookie, ...(origin === undefined ? {} : { origin }) };
      answers.push(`${what} sync ${(await knock(`/sync/${documentId}`, headers)).end}`);
      answers.push(`${what} live ${(await knock(`${SOCKET_IO}websocket`, headers)).end}`);
      answers.push(`${what} polling ${(await fetch(`${app.url}${SOCKET_IO}polling`, { headers })).status}`);
    }
    expect(answers).toHaveLength(21);
    expect(answers.filter((answer) => !answer.endsWith(' 403'))).toEqual([]);
  });
});

describe('guessing documents', () => {
  /** Everything stored about documents, counted. */
  const stored = async (): Promise<readonly string[]> => {
    const { db } = app.app.platform;
    const names = (await db.listCollections({}, { nameOnly: true }).toArray()).map(({ name }) => name).sort();
    return Promise.all(
      names
        .filter((name) => !['sessions', 'users', 'attempts', 'audit'].includes(name))
        .map(async (name) => `${name} ${await db.collection(name).countDocuments()}`),
    );
  };

  test('[check 3] unknown, foreign, deleted and impossible names get one answer and leave nothing behind', async () => {
    const { workspaceId } = cast;
    const { id: trashed } = await cast.editor.api.documents.create({ workspaceId, kind: 'note', title: 'Thrown away' });
    await cast.editor.api.documents.trash({ id: trashed });
    // What was done is noted a moment later.
    const noted = () => app.app.platform.db.collection('activity').countDocuments({ deed: 'document-trashed' });
    await until('it is noted', async () => (await noted()) > 0);
    const names = [
      '01890000-0000-7000-8000-000000000000',
      documentId,
      trashed,
      '../x',
      '..%2Fx',
      'x'.repeat(10_000),
      '__proto__',
      'constructor',
      `${documentId}%00`,
      documentId.replace('0', '\u{1d7d8}'),
      documentId.toUpperCase(),
      `${documentId}/${documentId}`,
      '',
    ];
    const before = await stored();
    for (const name of names) {
      const { end, bytes } = await knock(`/sync/${encodeURI(name)}`, own(cast.outsider));
      expect({ name: name.slice(0, 50), end, bytes }).toEqual({
        name: name.slice(0, 50),
        end: name === '../x' ? end : CLOSE.noDocument,
        bytes: 0,
      });
    }
    expect(await stored()).toEqual(before);
  });

  test('[check 3] what is foreign takes no other way than what is unknown', async () => {
    const times = { foreign: [] as number[], unknown: [] as number[] };
    for (let round = 0; round < 30; round += 1) {
      times.foreign.push((await knock(`/sync/${documentId}`, own(cast.outsider))).ms);
      times.unknown.push((await knock('/sync/01890000-0000-7000-8000-000000000000', own(cast.outsider))).ms);
    }
    const median = (all: readonly number[]): number => [...all].sort((a, b) => a - b)[all.length >> 1] ?? 0;
    process.stdout.write(
      `30 tries each, median: ${median(times.foreign).toFixed(2)} ms for a foreign document, ` +
        `${median(times.unknown).toFixed(2)} ms for an unknown one\n`,
    );
    const answers = await Promise.all(
      [documentId, '01890000-0000-7000-8000-000000000000'].map(async (id) => {
        const answer = await cast.outsider.fetch(`/api/documents/${id}`);
        return [answer.status, (await answer.text()).replaceAll(id, 'ID')];
      }),
    );
    expect(answers[0]).toEqual(answers[1]);
  });
});
