import { afterEach, describe, expect, test } from '@jest/globals';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { aDocument } from '../../test/documents.ts';
import { aWorkspace, type Holdings, NOW, type Region, startRegion } from '../../test/region.ts';
import { showPart } from '../../test/show.tsx';
import { DocumentsTab } from './documents-tab.tsx';
import { CreateDocumentDialog } from './parts/create-dialog.tsx';

let region: Region;
let view: ReturnType<typeof showPart>;

const open = async (held: Partial<Holdings>, workspace = aWorkspace()) => {
  region = await startRegion(held);
  view = showPart(
    <>
      <DocumentsTab workspace={workspace} />
      <CreateDocumentDialog />
    </>,
    { origin: region.origin },
  );
};

afterEach(async () => {
  view.stop();
  await region.stop();
});

describe('The documents of a workspace', () => {
  test('an empty workspace says what a document is for, and begins one', async () => {
    await open({});
    expect(await screen.findByText('No document here yet')).toBeVisible();
    await userEvent.click(screen.getAllByRole('button', { name: 'New document' })[0] as HTMLElement);
    expect(await screen.findByRole('dialog', { name: 'New document' })).toBeVisible();
  });

  test('an empty workspace offers a reader nothing to press', async () => {
    await open({}, aWorkspace({ role: 'viewer' }));
    expect(
      await screen.findByText('Documents that the members of this workspace write will appear here.'),
    ).toBeVisible();
    expect(screen.queryByRole('button', { name: 'New document' })).toBeNull();
  });

  test('are filtered by kind', async () => {
    await open({ documents: [aDocument(), aDocument({ id: 'n', kind: 'note', title: 'Points to check' })] });
    expect(await screen.findByRole('link', { name: /Points to check/ })).toBeVisible();
    await userEvent.click(screen.getByRole('combobox', { name: 'Kind of document' }));
    await userEvent.click(await screen.findByRole('option', { name: 'Needs assessment' }));
    await waitFor(() => expect(screen.queryByRole('link', { name: /Points to check/ })).toBeNull());
    expect(screen.getByRole('link', { name: /Shorter waits/ })).toHaveAttribute('href', '/documents/waits');
  });

  test('come back from the trash', async () => {
    await open({ documents: [aDocument({ trashedAt: NOW })] });
    await userEvent.click(await screen.findByRole('button', { name: 'Trash' }));
    await userEvent.click(await screen.findByRole('button', { name: 'Take back' }));
    await waitFor(() => expect(region.documents[0]?.trashedAt).toBeUndefined());
    expect(await screen.findByText('The trash is empty')).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: 'Back to the documents' }));
    expect(await screen.findByRole('link', { name: /Shorter waits/ })).toBeVisible();
  });

  test('one is created from its kind and title, and opened', async () => {
    await open({});
    await screen.findByText('No document here yet');
    await userEvent.click(screen.getAllByRole('button', { name: 'New document' })[0] as HTMLElement);
    const dialog = within(await screen.findByRole('dialog', { name: 'New document' }));
    await userEvent.click(dialog.getByRole('button', { name: 'Create and open' }));
    expect(dialog.getByText('Give the document a title.')).toBeVisible();
    expect(region.documents).toEqual([]);

    await userEvent.click(dialog.getByRole('radio', { name: /Note/ }));
    await userEvent.type(dialog.getByRole('textbox', { name: 'Title' }), 'Points to check');
    await userEvent.click(dialog.getByRole('button', { name: 'Create and open' }));
    await waitFor(() => expect(region.documents).toMatchObject([{ kind: 'note', title: 'Points to check' }]));
    await waitFor(() => expect(view.router.state.location.pathname).toBe('/documents/document-1'));
  });
});
