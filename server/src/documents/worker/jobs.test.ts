import { EDITOR_SCHEMA } from '@concert/contract';
import { SCHEMA_VERSION } from '@concert/editor/schema.ts';
import { describe, expect, test } from '@jest/globals';
import * as Y from 'yjs';
import { jobs } from './jobs.ts';

const built = (title = 'Title') => jobs.build({ kind: 'needs-assessment', title, locale: 'en' });

/** A state with an edit of somebody's, as one update. */
function edited(state: Uint8Array, edit: (doc: Y.Doc) => void): Uint8Array {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, state);
  edit(doc);
  const update = Y.encodeStateAsUpdate(doc);
  doc.destroy();
  return update;
}

const merged = (state: Uint8Array, update: Uint8Array) => Y.mergeUpdates([state, update]);

function freeze(state: Uint8Array) {
  const frozen = jobs.freeze({ kind: 'needs-assessment', state });
  if (!frozen.ok) throw new Error(frozen.reason);
  return frozen;
}

describe('jobs on texts', () => {
  test('[check 22] the schema that sockets ask for is the one that texts are written in', () => {
    expect(EDITOR_SCHEMA).toBe(SCHEMA_VERSION);
  });

  test('the same text has the same hash, however it came to be', () => {
    expect(freeze(built().update).hash).toBe(freeze(built().update).hash);
    expect(freeze(built('Other').update).hash).not.toBe(freeze(built().update).hash);
    expect(freeze(built().update).content.startsWith('{"body":')).toBe(true);
  });

  test('a new title is one small edit, and none when it is the old one', () => {
    const { update } = built();
    const renamed = jobs.rename({ state: update, title: 'New' });
    expect(renamed.length).toBeLessThan(60);
    expect(freeze(merged(update, renamed)).title).toBe('New');
    expect([...jobs.rename({ state: update, title: 'Title' })]).toEqual([0, 0]);
  });

  test('restoring brings back exactly the version, and changes nothing in a text that is equal', () => {
    const { update, frozen } = built();
    expect([
      ...jobs.restore({ kind: 'needs-assessment', state: update, content: frozen.content, anchors: [] }),
    ]).toEqual([0, 0]);
    const spoilt = edited(update, (doc) => {
      doc.getXmlFragment('body').delete(0, 3);
      doc.getMap('fields').set('title', 'Spoilt');
      doc.getMap('fields').delete('outcomes');
    });
    const restoring = jobs.restore({ kind: 'needs-assessment', state: spoilt, content: frozen.content, anchors: [] });
    expect(freeze(merged(spoilt, restoring)).hash).toBe(frozen.hash);
  });

  test('[check 22] what no editor writes is broken, and restoring heals it', () => {
    const { update, frozen } = built();
    const broken = edited(update, (doc) => doc.getXmlFragment('body').insert(0, [new Y.XmlElement('script')]));
    expect(jobs.project({ kind: 'needs-assessment', state: broken })).toMatchObject({ ok: false });
    expect(jobs.freeze({ kind: 'needs-assessment', state: broken })).toMatchObject({ ok: false });
    const healing = jobs.restore({ kind: 'needs-assessment', state: broken, content: frozen.content, anchors: [] });
    expect(freeze(merged(broken, healing)).hash).toBe(frozen.hash);
  });

  test('[check 21] nesting beyond the depth limit is broken, not fatal', () => {
    const deep = edited(built().update, (doc) => {
      let inner = new Y.XmlElement('blockquote');
      doc.getXmlFragment('body').insert(0, [inner]);
      for (let depth = 0; depth < 3_000; depth += 1) {
        const next = new Y.XmlElement('blockquote');
        inner.insert(0, [next]);
        inner = next;
      }
    });
    expect(jobs.project({ kind: 'needs-assessment', state: deep })).toMatchObject({ ok: false });
  });

  test('bytes that are no text are broken', () => {
    expect(jobs.project({ kind: 'note', state: Uint8Array.of(1, 2, 3) })).toMatchObject({ ok: false });
  });

  test('every kind is exported to every format', async () => {
    for (const kind of ['needs-assessment', 'project-brief', 'minutes', 'note'] as const)
      for (const format of ['markdown', 'html', 'docx', 'pdf'] as const) {
        const { update: state } = jobs.build({ kind, title: 'Exported', locale: 'it' });
        const shown = { images: new Map(), names: new Map(), recorded: null, locale: 'it' as const };
        const made = await jobs.exportAs({ kind, state, format, ...shown });
        expect(made).toBeInstanceOf(Uint8Array);
      }
  });
});
