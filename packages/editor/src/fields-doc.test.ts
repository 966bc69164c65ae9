import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import * as Y from 'yjs';
import { ensureContainers, type FieldsJson, readFields, writeFields } from './fields-doc.ts';
import type { FieldLayout } from './layout.ts';
import { insertRow, moveRow, orderedRows } from './rows.ts';

const costs: FieldLayout[] = [
  { id: 'year', type: 'integer' },
  { id: 'money', type: 'money' },
];
const columns: FieldLayout[] = [
  { id: 'outcome', type: 'long-text' },
  { id: 'metric', type: 'text' },
  { id: 'costs', type: 'rows', columns: costs },
];
const layout: FieldLayout[] = [
  { id: 'title', type: 'text' },
  { id: 'story', type: 'long-text' },
  { id: 'budget', type: 'money-range' },
  { id: 'codes', type: 'codes' },
  { id: 'outcomes', type: 'rows', columns },
];

const full: FieldsJson = {
  title: 'Safer nights',
  story: 'Once upon a night 👩‍🚒 …',
  budget: { min: '1.00', max: '2.00', currency: 'EUR' },
  codes: ['38', '73'],
  outcomes: [
    {
      id: 'o1',
      outcome: 'Helped sooner',
      metric: 'min',
      costs: [{ id: 'c1', year: 1, money: { amount: '5', currency: 'EUR' } }],
    },
    { id: 'o2', outcome: 'Fewer alarms', metric: '', costs: [] },
  ],
};

const started = (fields: FieldsJson = {}, clientId = 1): { doc: Y.Doc; map: Y.Map<unknown> } => {
  const doc = new Y.Doc();
  doc.clientID = clientId;
  const map = doc.getMap<unknown>('fields');
  doc.transact(() => {
    ensureContainers(map, layout);
    writeFields(map, layout, fields);
  });
  return { doc, map };
};
const copyOf = (doc: Y.Doc, clientId: number): { doc: Y.Doc; map: Y.Map<unknown> } => {
  const copy = new Y.Doc();
  copy.clientID = clientId;
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
  return { doc: copy, map: copy.getMap<unknown>('fields') };
};
const exchange = (a: Y.Doc, b: Y.Doc): void => {
  Y.applyUpdate(a, Y.encodeStateAsUpdate(b));
  Y.applyUpdate(b, Y.encodeStateAsUpdate(a));
};
const rowsIn = (map: Y.Map<unknown>): Y.Map<unknown> => {
  const rows = map.get('outcomes');
  if (!(rows instanceof Y.Map)) throw new Error('there are no rows');
  return rows;
};
const textIn = (map: Y.Map<unknown>, key: string): Y.Text => {
  const text = map.get(key);
  if (!(text instanceof Y.Text)) throw new Error('there is no text');
  return text;
};

describe('fields as JSON', () => {
  test('written and read back they are the same', () => {
    const { map } = started(full);
    expect(readFields(map, layout)).toEqual(full);
  });

  test('what is not in the layout is not read, and what is absent is emptied when written', () => {
    const { doc, map } = started(full);
    map.set('elsewhere', 1);
    doc.transact(() => writeFields(map, layout, { title: 'Only this' }));
    expect(readFields(map, layout)).toEqual({ title: 'Only this', story: '', outcomes: [] });
  });

  test('writing equal values writes nothing', () => {
    const { doc, map } = started(full);
    let updates = 0;
    doc.on('update', () => {
      updates += 1;
    });
    doc.transact(() => writeFields(map, layout, full));
    expect(updates).toBe(0);
  });

  test('writing changes only what differs: a colleague’s cursor stays in its text', () => {
    const { doc, map } = started({ ...full, story: 'one two three' });
    const text = textIn(map, 'story');
    const cursor = Y.createRelativePositionFromTypeIndex(text, 8);
    const row = rowsIn(map).get('o1');
    doc.transact(() => writeFields(map, layout, { ...full, story: 'one 2 three' }));
    expect(text.toString()).toBe('one 2 three');
    expect(Y.createAbsolutePositionFromRelativePosition(cursor, doc)?.index).toBe(6);
    expect(rowsIn(map).get('o1')).toBe(row);
  });

  test('a change inside a surrogate pair never cuts it', () => {
    const { doc, map } = started({ story: 'a😀b' });
    doc.transact(() => writeFields(map, layout, { story: 'a😃b' }));
    expect(textIn(map, 'story').toString()).toBe('a😃b');
    doc.transact(() => writeFields(map, layout, { story: '😃😀' }));
    expect(textIn(map, 'story').toString()).toBe('😃😀');
  });

  test('any JSON of the layout becomes any other', () => {
    const id = fc.stringMatching(/^[a-z]{1,2}$/);
    const row = fc.record({ id, outcome: fc.string({ unit: 'binary' }), metric: fc.string() });
    const json = fc.record({
      title: fc.string({ minLength: 1 }),
      story: fc.string({ unit: 'binary' }),
      outcomes: fc.uniqueArray(row, { selector: (one) => one.id, maxLength: 6 }),
    });
    fc.assert(
      fc.property(json, json, (before, after) => {
        const { doc, map } = started(before);
        doc.transact(() => writeFields(map, layout, after));
        const expected = { ...after, outcomes: after.outcomes.map((one) => ({ ...one, costs: [] })) };
        expect(readFields(map, layout)).toEqual(expected);
      }),
    );
  });
});

describe('two people at once', () => {
  test('filling the same long text for the first time, both keep their words', () => {
    const a = started();
    const b = copyOf(a.doc, 2);
    textIn(a.map, 'story').insert(0, 'Ada. ');
    textIn(b.map, 'story').insert(0, 'Bob. ');
    exchange(a.doc, b.doc);
    expect(readFields(a.map, layout)).toEqual(readFields(b.map, layout));
    expect(textIn(a.map, 'story').toString()).toMatch(/Ada\. Bob\. |Bob\. Ada\. /);
  });

  test('adding rows at the same place, both rows stay and everybody sees one order', () => {
    const a = started(full);
    const b = copyOf(a.doc, 2);
    a.doc.transact(() => insertRow(rowsIn(a.map), columns, { id: 'ada', after: 'o1' }));
    b.doc.transact(() => insertRow(rowsIn(b.map), columns, { id: 'bob', after: 'o1' }));
    exchange(a.doc, b.doc);
    const order = orderedRows(rowsIn(a.map)).map(({ id }) => id);
    expect(order).toEqual(['o1', 'ada', 'bob', 'o2']);
    expect(orderedRows(rowsIn(b.map)).map(({ id }) => id)).toEqual(order);
  });

  test('one moves a row while the other fills it', () => {
    const a = started(full);
    const b = copyOf(a.doc, 2);
    moveRow(rowsIn(a.map), 'o2', undefined);
    const row = rowsIn(b.map).get('o2');
    if (row instanceof Y.Map) row.set('metric', 'per night');
    exchange(a.doc, b.doc);
    expect(readFields(a.map, layout).outcomes).toMatchObject([{ id: 'o2', metric: 'per night' }, { id: 'o1' }]);
  });
});

describe('the order of rows', () => {
  test('any sequence of insertions and moves gives the order of a list', () => {
    const step = fc.record({ move: fc.boolean(), which: fc.nat(), after: fc.nat() });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const { doc, map } = started();
        const list: string[] = [];
        for (const [at, { move, which, after }] of steps.entries()) {
          const id = move && list.length > 0 ? (list[which % list.length] ?? '') : `r${at}`;
          const others = list.filter((one) => one !== id);
          const place = after % (others.length + 1);
          const neighbour = others[place - 1];
          if (list.includes(id)) moveRow(rowsIn(map), id, neighbour);
          else doc.transact(() => insertRow(rowsIn(map), columns, { id, after: neighbour }));
          list.splice(0, list.length, ...others.slice(0, place), id, ...others.slice(place));
          expect(orderedRows(rowsIn(map)).map((entry) => entry.id)).toEqual(list);
        }
      }),
    );
  });

  test('broken order keys break nothing: a row can still be added and moved', () => {
    const { doc, map } = started(full);
    for (const [id, order] of [
      ['x', '!!'],
      ['y', 7],
      ['z', 'zzzz'],
      ['w', 'a'.repeat(10_000)],
    ] as const) {
      const row = new Y.Map<unknown>();
      row.set('order', order);
      rowsIn(map).set(id, row);
    }
    doc.transact(() => insertRow(rowsIn(map), columns, { id: 'new', after: 'z' }));
    moveRow(rowsIn(map), 'x', 'new');
    moveRow(rowsIn(map), 'gone', 'x');
    expect(
      orderedRows(rowsIn(map))
        .map(({ id }) => id)
        .sort(),
    ).toEqual(['new', 'o1', 'o2', 'w', 'x', 'y', 'z']);
  });
});

describe('hostile fields', () => {
  const read = (write: (map: Y.Map<unknown>) => void): FieldsJson => {
    const { doc, map } = started();
    doc.transact(() => write(map));
    return readFields(map, layout);
  };

  test('a wrong type is handed to validation as it is, a shared type in a wrong place is left out', () => {
    const json = read((map) => {
      map.set('title', { not: ['a', 'title'] });
      map.set('budget', new Y.Map([['min', '1']]));
      map.set('codes', new Y.XmlElement('script'));
      map.set('story', 7);
      map.set('outcomes', 'rows?');
    });
    expect(json).toEqual({ title: { not: ['a', 'title'] }, story: 7, outcomes: 'rows?' });
  });

  test('rows that are no rows, or whose id is none, are not read', () => {
    const json = read((map) => {
      const rows = rowsIn(map);
      rows.set('text', 'no row');
      rows.set('<img src=x>', new Y.Map([['metric', 'x']]));
      rows.set('ok', new Y.Map([['metric', 'x']]));
      rows.set('__proto__', new Y.Map([['metric', 'x']]));
    });
    expect(json.outcomes).toEqual([
      { id: '__proto__', metric: 'x' },
      { id: 'ok', metric: 'x' },
    ]);
  });

  test('deep values become null without overflowing the stack', () => {
    let deep: unknown = 'bottom';
    for (let level = 0; level < 3_000; level += 1) deep = level % 2 === 0 ? [deep] : { deep };
    const json = read((map) => map.set('title', deep));
    expect(JSON.stringify(json.title).length).toBeLessThan(100);
  });

  test('rows nested in rows are followed no deeper than the layout', () => {
    const json = read((map) => {
      let inner = new Y.Map<unknown>();
      const row = new Y.Map<unknown>([['costs', inner]]);
      rowsIn(map).set('o1', row);
      for (let level = 0; level < 3_000; level += 1) {
        const next = new Y.Map<unknown>();
        inner.set('r', next);
        inner = next;
      }
    });
    expect(json.outcomes).toEqual([{ id: 'o1', costs: [{ id: 'r' }] }]);
  });

  test('sizes are cut just above what validation accepts', () => {
    const json = read((map) => {
      map.set('title', 'x'.repeat(1_000_000));
      map.set(
        'codes',
        Array.from({ length: 100_000 }, (_, n) => n),
      );
      textIn(map, 'story').insert(0, 'y'.repeat(500_000));
      for (let n = 0; n < 2_000; n += 1) rowsIn(map).set(`r${n}`, new Y.Map());
    });
    expect([String(json.title).length, String(json.story).length]).toEqual([20_001, 200_001]);
    expect([json.codes, json.outcomes].map((list) => Array.isArray(list) && list.length)).toEqual([501, 501]);
  });

  test('many large values together stay within the budget of a document', () => {
    const json = read((map) => {
      for (let n = 0; n < 400; n += 1) rowsIn(map).set(`r${n}`, new Y.Map([['metric', 'x'.repeat(20_000)]]));
    });
    expect(JSON.stringify(json).length).toBeLessThan(4_200_000);
  });
});
