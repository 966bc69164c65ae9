import { describe, expect, test } from '@jest/globals';
import { type Doc, doc, int, isDoc, Long } from '../bson/types.ts';
import { MongoError } from '../errors.ts';
import { Cursors } from './cursors.ts';

const asker = { connectionId: 1, session: undefined };
const MINUTES = 60_000;

function* endless(): Generator<Doc> {
  for (let i = 0; ; i++) yield doc({ i: int(i) });
}

const idOf = (reply: Doc): Long => {
  const cursor = reply.get('cursor');
  const id = isDoc(cursor) ? cursor.get('id') : undefined;
  return id instanceof Long ? id : Long.fromNumber(0);
};

const codeOf = (run: () => unknown): number | undefined => {
  try {
    run();
    return undefined;
  } catch (error) {
    if (error instanceof MongoError) return error.code;
    throw error;
  }
};

describe('[W4] open cursors', () => {
  test('are forgotten after ten idle minutes, unless they are not to be', () => {
    const cursors = new Cursors();
    const source = () => ({ documents: endless() });
    const idle = idOf(cursors.start('a.b', source(), asker));
    const kept = idOf(cursors.start('a.b', source(), asker, { noTimeout: true }));
    cursors.expire(Date.now() + 9 * MINUTES);
    expect(cursors.size).toBe(2);
    cursors.expire(Date.now() + 11 * MINUTES);
    expect(codeOf(() => cursors.more(idle, 'a.b', 1, asker))).toBe(43);
    expect(codeOf(() => cursors.more(kept, 'a.b', 1, asker))).toBeUndefined();
  });

  test('are at most a thousand for one connection', () => {
    const cursors = new Cursors();
    const start = (connectionId: number) =>
      cursors.start('a.b', { documents: endless() }, { connectionId, session: undefined }, { size: 1 });
    for (let i = 0; i < 1000; i++) start(1);
    expect(codeOf(() => start(1))).toBe(146);
    expect(codeOf(() => start(2))).toBeUndefined();
    cursors.closeConnection(1);
    expect([cursors.size, codeOf(() => start(1))]).toEqual([1, undefined]);
  });

  test('end with the connection that used them last', () => {
    const cursors = new Cursors();
    const id = idOf(cursors.start('a.b', { documents: endless() }, asker));
    cursors.more(id, 'a.b', 1, { connectionId: 2, session: undefined });
    cursors.closeConnection(1);
    expect(cursors.size).toBe(1);
    cursors.closeConnection(2);
    expect(cursors.size).toBe(0);
  });

  test('ask their source for no more than a batch, and leave it parked', () => {
    const cursors = new Cursors();
    let pulled = 0;
    const states: string[] = [];
    function* counted(): Generator<Doc> {
      for (const document of endless()) {
        pulled++;
        yield document;
      }
    }
    const source = { documents: counted(), park: () => states.push('parked'), resume: () => states.push('resumed') };
    const id = idOf(cursors.start('a.b', source, asker, { size: 5 }));
    expect(pulled).toBe(5);
    cursors.more(id, 'a.b', 3, asker);
    expect([pulled, states]).toEqual([8, ['parked', 'resumed', 'parked']]);
  });

  test('are gone when their source fails', () => {
    const cursors = new Cursors();
    function* failing(): Generator<Doc> {
      yield doc({ i: int(1) });
      throw new MongoError('MaxTimeMSExpired', 'operation exceeded time limit');
    }
    const id = idOf(cursors.start('a.b', { documents: failing() }, asker, { size: 1 }));
    expect(codeOf(() => cursors.more(id, 'a.b', 1, asker))).toBe(50);
    expect(cursors.size).toBe(0);
  });
});
