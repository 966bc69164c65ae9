import { afterEach, describe, expect, test } from '@jest/globals';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { aDocument, aVersion } from '../../../test/documents.ts';
import { type Holdings, type Region, startRegion } from '../../../test/region.ts';
import { showPart } from '../../../test/show.tsx';
import { VersionsDrawer } from './versions-drawer.tsx';

let region: Region;
let view: ReturnType<typeof showPart>;

const open = async (held: Partial<Holdings>, editable = true) => {
  region = await startRegion(held);
  view = showPart(<VersionsDrawer document={aDocument()} editable={editable} opened onClose={() => undefined} />, {
    origin: region.origin,
  });
  await screen.findByRole('dialog', { name: 'Versions' });
};

afterEach(async () => {
  view.stop();
  await region.stop();
});

describe('The versions of a document', () => {
  test('one is kept under its name', async () => {
    await open({});
    expect(await screen.findByText(/No version yet/)).toBeVisible();
    await userEvent.type(screen.getByRole('textbox', { name: 'Name of the version' }), 'Before the committee');
    await userEvent.click(screen.getByRole('button', { name: 'Keep a version' }));
    expect(await screen.findByRole('button', { name: 'Open the version Before the committee' })).toBeVisible();
    expect(region.versions).toMatchObject([{ label: 'Before the committee', kind: 'named' }]);
  });

  test('going back to one is confirmed first', async () => {
    await open({ versions: [aVersion({ label: 'First draft', kind: 'named' })] });
    await userEvent.click(await screen.findByRole('button', { name: 'Open the version First draft' }));
    const version = within(await screen.findByRole('dialog', { name: 'First draft' }));
    await userEvent.click(await version.findByRole('button', { name: 'Return to this version' }));
    const question = within(await screen.findByRole('dialog', { name: 'Return to this version?' }));
    expect(region.restored).toEqual([]);
    await userEvent.click(question.getByRole('button', { name: 'Return to this version' }));
    await waitFor(() => expect(region.restored).toEqual(['v1']));
  });

  test('a reader opens them and changes nothing', async () => {
    await open({ versions: [aVersion({ label: 'First draft', kind: 'named' })] }, false);
    await userEvent.click(await screen.findByRole('button', { name: 'Open the version First draft' }));
    await screen.findByRole('dialog', { name: 'First draft' });
    expect(await screen.findByRole('tab', { name: 'Text' })).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Return to this version' })).toBeNull();
    expect(screen.queryByRole('button', { name: 'Keep a version' })).toBeNull();
  });
});
