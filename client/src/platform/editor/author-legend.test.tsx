import { editorExtensions } from '@concert/editor/schema.ts';
import { afterEach, describe, expect, test } from '@jest/globals';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Editor } from '@tiptap/core';
import { Collaboration } from '@tiptap/extension-collaboration';
import { useMemo } from 'react';
import { Awareness } from 'y-protocols/awareness';
import * as Y from 'yjs';
import { type Region, startRegion } from '../../../test/region.ts';
import { showPart } from '../../../test/show.tsx';
import { AuthorLegend, AuthorsButton } from './author-legend.tsx';
import type { LoadAuthors } from './author-names.ts';
import { authorMarks } from './authors.ts';
import type { Room } from './room.ts';
import { createUndo } from './undo.ts';
import { useAuthors } from './use-authors.ts';

const ada = { id: 'ada', name: 'Ada Martin', color: '#0b6b68' };
const bob = { id: 'bob', name: 'Bob Perrin', color: '#a34200' };

let region: Region;
let view: ReturnType<typeof showPart>;
const open: { destroy(): void }[] = [];
afterEach(async () => {
  view.stop();
  for (const each of open.splice(0)) each.destroy();
  await region.stop();
});

/** Ada's room on a text in which Bob has written a line. */
function aRoom(): { room: Room; bobs: number } {
  const his = new Y.Doc();
  const line = new Y.XmlElement('paragraph');
  line.insert(0, [new Y.XmlText('his line')]);
  his.getXmlFragment('body').insert(0, [line]);
  const doc = new Y.Doc();
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(his));
  const body = doc.getXmlFragment('body');
  const fields = doc.getMap<unknown>('fields');
  const awareness = new Awareness(doc);
  open.push(awareness, his, doc);
  const room: Room = {
    documentId: 'waits',
    doc,
    body,
    fields,
    undo: createUndo(body, fields),
    awareness,
    me: ada,
    state: () => {
      throw new Error('not asked for here');
    },
    subscribe: () => () => undefined,
    leave: async () => undefined,
  };
  return { room, bobs: his.clientID };
}

function Text({ room, load }: { room: Room; load: LoadAuthors }) {
  const editor = useMemo(() => {
    const made = new Editor({
      element: document.createElement('div'),
      extensions: [...editorExtensions(), Collaboration.configure({ fragment: room.body }), authorMarks(room.doc)],
    });
    open.unshift(made);
    return made;
  }, [room]);
  const authors = useAuthors({ editor, room, online: true, load });
  return (
    <>
      <AuthorsButton authors={authors} />
      {authors.shown && <AuthorLegend authors={authors} editor={editor} />}
      <button type="button" onClick={() => editor.commands.insertContentAt(1, 'hers and ')}>
        Write
      </button>
    </>
  );
}

async function showText(load: (clientId: number, bobs: number) => typeof bob | undefined) {
  region = await startRegion({});
  const { room, bobs } = aRoom();
  const ask: LoadAuthors = async (clientIds) =>
    new Map(
      clientIds.flatMap((clientId) => {
        const person = load(clientId, bobs);
        return person ? [[clientId, person]] : [];
      }),
    );
  view = showPart(<Text room={room} load={ask} />, { origin: region.origin });
  return screen.findByRole('button', { name: 'Show authors' });
}

describe('The legend of the authors', () => {
  test('lists everybody with their share, live, and goes with the press that brought it', async () => {
    const button = await showText((clientId, bobs) => (clientId === bobs ? bob : undefined));
    expect(button).toHaveAttribute('aria-pressed', 'false');
    expect(screen.queryByRole('region', { name: 'Authors of the text' })).toBeNull();
    await userEvent.click(button);
    const legend = within(await screen.findByRole('region', { name: 'Authors of the text' }));
    expect(await legend.findByRole('button', { name: /^Bob Perrin, 100% of the text/ })).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: 'Write' }));
    expect(await legend.findByRole('button', { name: /^Ada Martin, 53% of the text/ })).toBeVisible();
    expect(legend.getByRole('button', { name: /^Bob Perrin, 47% of the text/ })).toBeVisible();
    await userEvent.click(legend.getByRole('button', { name: 'Hide authors' }));
    await waitFor(() => expect(screen.queryByRole('region', { name: 'Authors of the text' })).toBeNull());
    expect(button).toHaveAttribute('aria-pressed', 'false');
  });

  test('says it when names cannot be loaded, and asks again when told to', async () => {
    let away = true;
    const button = await showText((clientId, bobs) => {
      if (away) throw new Error('no network');
      return clientId === bobs ? bob : undefined;
    });
    await userEvent.click(button);
    expect(await screen.findByRole('alert')).toHaveTextContent('The names could not be loaded.');
    away = false;
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByRole('button', { name: /^Bob Perrin, 100%/ })).toBeVisible();
    expect(screen.queryByRole('alert')).toBeNull();
  });

  test('says it when all there is came with the template', async () => {
    await userEvent.click(await showText(() => undefined));
    const legend = within(await screen.findByRole('region', { name: 'Authors of the text' }));
    expect(await legend.findByText('Nobody has written in this text yet.')).toBeVisible();
    expect(await legend.findByText(/^Template/)).toHaveTextContent('Template 100%');
  });
});
