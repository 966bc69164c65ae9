import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type Client, connectClient, grantOf, startServer, storedText, type TestServer, until } from './harness.ts';
import { craft, RawClient, textItem } from './raw-client.ts';

let server: TestServer;
const clients: Client[] = [];
const raws: RawClient[] = [];
const open = (person: string, options: Parameters<typeof connectClient>[3] = {}): Client => {
  const client = connectClient(server, 'doc', person, options);
  clients.push(client);
  return client;
};
const openRaw = async (person: string, mode?: 'read'): Promise<RawClient> => {
  const raw = await RawClient.open(server, 'doc', person, mode ? { mode } : {});
  raws.push(raw);
  return raw;
};
const words = craft([{ client: 5, clock: 0, structs: [textItem('words')] }]);

beforeEach(async () => {
  server = await startServer({ limits: { downgradeGraceMs: 0 } });
});
afterEach(async () => {
  for (const client of clients.splice(0)) client.destroy();
  for (const raw of raws.splice(0)) raw.end();
  await server.stop();
});

describe('a reader', () => {
  test('[S32] reads, and keeps the socket with an empty step 2', async () => {
    const ada = open('ada');
    const reader = open('rea', { mode: 'read' });
    await until(() => ada.provider.synced && reader.provider.synced, 'both synced');
    ada.text.insert(0, 'hello');
    await until(() => reader.text.toString() === 'hello', 'the reader reads');
    expect(reader.closes).toEqual([]);
  });

  test('[S32] a step 2 with text gets message 2, the socket stays, nothing is stored', async () => {
    const ada = open('ada');
    await until(() => ada.provider.synced, 'ada synced');
    const reader = await openRaw('rea', 'read');
    await until(() => reader.saved().step2s === 1, 'the empty step 2 counts');
    reader.step2(words);
    await until(() => reader.framesOf(2).length === 1, 'message 2');
    ada.text.insert(0, 'hello');
    await until(() => reader.framesOf(0).some((frame) => frame[1] === 2), 'the reader still gets updates');
    expect(reader.saved().step2s).toBe(1);
    expect(await storedText(server.engine, 'doc')).toBe('hello');
  });

  test('[S32] an update with text closes with 4403, and nothing is stored', async () => {
    const reader = await openRaw('rea', 'read');
    reader.update(words);
    expect(await reader.closed()).toBe(4403);
    expect(await storedText(server.engine, 'doc')).toBe('');
  });

  test('[S32] a local copy of what the server has does not close the socket', async () => {
    const writer = await openRaw('ada');
    writer.update(words);
    await until(() => writer.saved().updates === 1, 'stored');
    const reader = await openRaw('rea', 'read');
    reader.update(words);
    await until(() => reader.saved().updates === 1, 'counted as durable');
    expect(reader.closeCode).toBeNull();
  });
});

describe('rights that change on an open socket', () => {
  test('[S34] downgrade: told in place, the next update closes with 4403 and is not stored', async () => {
    const writer = await openRaw('ada');
    writer.update(words);
    await until(() => writer.saved().updates === 1, 'stored');
    server.rights.set('ada', grantOf('ada', 'read'));
    await server.engine.invalidate({ personId: 'ada' });
    await until(() => writer.framesOf(2).length === 1, 'message 2');
    expect(writer.closeCode).toBeNull();
    writer.update(craft([{ client: 5, clock: 5, structs: [textItem('more', [5, 4])] }]));
    expect(await writer.closed()).toBe(4403);
    expect(await storedText(server.engine, 'doc')).toBe('words');
  });

  test('[S34] upgrade: the server asks for the text and takes it', async () => {
    server.rights.set('ada', grantOf('ada', 'read'));
    const ada = open('ada', { mode: 'read' });
    await until(() => ada.provider.synced, 'ada synced');
    ada.provider.disconnect();
    ada.text.insert(0, 'kept');
    ada.provider.connect();
    await until(() => ada.provider.synced, 'ada synced again');
    server.rights.set('ada', grantOf('ada', 'write'));
    await server.engine.invalidate({ workspaceId: 'workspace' });
    const bob = open('bob');
    await until(() => bob.text.toString() === 'kept', 'bob reads');
    ada.text.insert(4, '!');
    await until(() => bob.text.toString() === 'kept!', 'bob reads more');
    expect(ada.closes).toEqual([]);
  });

  test('[S34] [S6] upgrade: the step 2 that was not taken counts with the one that brings its text', async () => {
    const raw = await openRaw('ada', 'read');
    await until(() => raw.saved().step2s === 1, 'the empty step 2 counts');
    raw.step2(words);
    await until(() => raw.framesOf(2).length === 1, 'message 2');
    server.rights.set('ada', grantOf('ada', 'write'));
    await server.engine.invalidate({ personId: 'ada' });
    await until(() => raw.framesOf(0).filter((frame) => frame[1] === 0).length === 2, 'asked for its text');
    raw.step2(words);
    await until(() => raw.saved().step2s === 3, 'all three count');
    expect(await storedText(server.engine, 'doc')).toBe('words');
  });

  test.each([4401, 4403, 4404] as const)('[S34] a right that is gone closes with %d', async (code) => {
    const raw = await openRaw('ada');
    const bob = await openRaw('bob');
    server.rights.set('ada', { refused: code });
    await server.engine.invalidate({ documentId: 'doc' });
    expect(await raw.closed()).toBe(code);
    expect(bob.closeCode).toBeNull();
  });

  test('[S33] a check that fails closes with 4205, and messages sent meanwhile are not taken', async () => {
    await server.stop();
    server = await startServer({ limits: { recheckMs: 50 } });
    const raw = await openRaw('ada');
    server.hangRecheck = true;
    const checked = server.engine.invalidate({ personId: 'ada' });
    raw.update(words);
    await checked;
    expect(await raw.closed()).toBe(4205);
    expect(await storedText(server.engine, 'doc')).toBe('');
  });

  test('[S52] a review ends what has ended, and leaves in peace whom it cannot judge', async () => {
    const [ada, bob] = [await openRaw('ada'), await openRaw('bob')];
    server.rights.set('bob', { refused: 4403 });
    let giveUp: (error: Error) => void = () => {};
    server.answers.push(new Promise<never>((_, reject) => (giveUp = reject)));
    const reviewed = server.engine.review({ documentId: 'doc' });
    ada.update(words);
    await until(() => ada.saved().updates === 1, 'taken during the review');
    giveUp(new Error('the database is away'));
    await reviewed;
    expect(await bob.closed()).toBe(4403);
    ada.update(craft([{ client: 5, clock: 5, structs: [textItem('!', [5, 4])] }]));
    await until(() => ada.saved().updates === 2, 'taken after the review');
    expect(ada.closeCode).toBeNull();
  });

  test.each(['review', 'invalidate'] as const)(
    '[S52] what %s asked before a change does not undo the change',
    async (first) => {
      const ada = await openRaw('ada');
      let answer: (grant: ReturnType<typeof grantOf>) => void = () => {};
      server.answers.push(new Promise((resolve) => (answer = resolve)));
      const early = server.engine[first]({ personId: 'ada' });
      server.rights.set('ada', grantOf('ada', 'read'));
      const late = server.engine.invalidate({ personId: 'ada' });
      await until(() => ada.framesOf(2).length === 1, 'told of the change');
      answer(grantOf('ada', 'write'));
      await Promise.all([early, late]);
      ada.update(words);
      expect(await ada.closed()).toBe(4403);
      expect(await storedText(server.engine, 'doc')).toBe('');
    },
  );

  test('[S33] only matching sockets are checked', async () => {
    const raw = await openRaw('ada');
    server.rights.set('ada', { refused: 4403 });
    await server.engine.invalidate({ personId: 'ada', documentId: 'another' });
    await server.engine.invalidate({ workspaceId: 'another' });
    raw.update(words);
    await until(() => raw.saved().updates === 1, 'still taken');
  });

  test('[S41] a client that names an older schema is closed with 4426', async () => {
    await server.stop();
    server = await startServer({ schema: 3 });
    const old = await RawClient.open(server, 'doc', 'ada', { join: false, schema: 2 });
    expect(await old.closed()).toBe(4426);
    const current = await RawClient.open(server, 'doc', 'ada', { schema: 3 });
    raws.push(current);
    expect(current.closeCode).toBeNull();
  });

  test('[S35] sockets beyond those of a person or a document are closed with 4503', async () => {
    await server.stop();
    server = await startServer({ limits: { socketsPerPerson: 2, socketsPerDocument: 3 } });
    await openRaw('ada');
    await openRaw('ada');
    const third = await RawClient.open(server, 'other', 'ada', { join: false });
    expect(await third.closed()).toBe(4503);
    await openRaw('bob');
    const fourth = await RawClient.open(server, 'doc', 'carol', { join: false });
    expect(await fourth.closed()).toBe(4503);
  });
});

describe('edits of the server', () => {
  test('[S39] they run one after the other, reach everybody and belong to their author', async () => {
    const Y = await import('yjs');
    const ada = open('ada');
    await until(() => ada.provider.synced, 'ada synced');
    const append = (word: string) => (state: Uint8Array) => {
      const doc = new Y.Doc();
      Y.applyUpdate(doc, state);
      const before = Y.encodeStateVector(doc);
      const text = doc.getText('body');
      text.insert(text.length, word);
      const update = Y.encodeStateAsUpdate(doc, before);
      doc.destroy();
      return update;
    };
    const wordsOf = (state: Uint8Array): string => {
      const doc = new Y.Doc();
      Y.applyUpdate(doc, state);
      const found = doc.getText('body').toString();
      doc.destroy();
      return found;
    };
    const begun: string[] = [];
    let goOn: () => void = () => {};
    const held = new Promise<void>((resolve) => (goOn = resolve));
    const edits = ['one ', 'two ', 'three '].map((word) =>
      server.engine.applyServerUpdate(
        'doc',
        async (state) => {
          begun.push(wordsOf(state));
          await held;
          return append(word)(state);
        },
        { personId: 'system' },
      ),
    );
    await until(() => begun.length > 0, 'the first has begun');
    for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
    goOn();
    await Promise.all(edits);
    expect(begun).toEqual(['', 'one ', 'one two ']);
    await until(() => ada.text.toString() === 'one two three ', 'ada reads');
    await expect(
      server.engine.applyServerUpdate('doc', () => craft([{ client: 1, clock: 4, structs: [textItem('x')] }]), {
        personId: 'system',
      }),
    ).rejects.toThrow('edit refused');
  });

  test('[S39] listeners hear of commits with their authors', async () => {
    const heard: { documentId: string; seq: number; personIds: string[] }[] = [];
    const stop = server.engine.onDurable((documentId, commit) => heard.push({ documentId, ...commit }));
    const raw = await openRaw('ada');
    raw.update(words);
    await until(() => heard.length === 1, 'heard');
    expect(heard).toEqual([{ documentId: 'doc', seq: 1, personIds: ['ada'] }]);
    stop();
  });
});
