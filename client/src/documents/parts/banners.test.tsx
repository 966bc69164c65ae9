import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { aDocument, aVersion } from '../../../test/documents.ts';
import { type Region, startRegion } from '../../../test/region.ts';
import { showPart } from '../../../test/show.tsx';
import { GrowthBanner, QuarantineBanner } from './banners.tsx';

let region: Region;
let view: ReturnType<typeof showPart>;

beforeEach(async () => {
  const broken = aDocument({ quarantined: true });
  region = await startRegion({ documents: [broken], versions: [aVersion({ id: 'v7' }), aVersion({ id: 'v6' })] });
});
afterEach(async () => {
  view.stop();
  await region.stop();
});

const show = (byteSize: number): void => {
  view = showPart(<GrowthBanner document={aDocument({ byteSize, maxBytes: 1_000 })} />, { origin: region.origin });
};

test('[D9] [check 25] a document that is nearly as big as it may be says how full it is, and what to do', async () => {
  show(845);
  expect(await screen.findByText('This document takes up 84% of the size allowed')).toBeVisible();
  expect(screen.getByText(/duplicate this one/)).toBeVisible();
});

test('[D9] a document with room left says nothing of its size', () => {
  show(799);
  expect(screen.queryByText(/size allowed/)).toBeNull();
});

test('[A4] a broken document goes back to its newest version by one click, and a copy of it is one click too', async () => {
  view = showPart(<QuarantineBanner document={aDocument({ quarantined: true })} />, { origin: region.origin });
  await userEvent.click(await screen.findByRole('button', { name: 'Go back to the last valid state' }));
  await waitFor(() => expect(region.restored).toEqual(['v7']));
  await userEvent.click(screen.getByRole('button', { name: 'Make a copy of it' }));
  await waitFor(() => expect(region.documents[0]).toMatchObject({ id: 'copy-of-waits', quarantined: false }));
});

test('[A4] who may not write is told to wait for somebody who may', async () => {
  const document = aDocument({ quarantined: true, role: 'viewer' });
  view = showPart(<QuarantineBanner document={document} />, { origin: region.origin });
  expect(await screen.findByText(/Somebody who may edit/)).toBeVisible();
  expect(screen.queryByRole('button', { name: /valid state|copy/ })).toBeNull();
});
