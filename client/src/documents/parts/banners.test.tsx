import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { screen } from '@testing-library/react';
import { aDocument } from '../../../test/documents.ts';
import { type Region, startRegion } from '../../../test/region.ts';
import { showPart } from '../../../test/show.tsx';
import { GrowthBanner } from './banners.tsx';

let region: Region;
let view: ReturnType<typeof showPart>;

beforeEach(async () => {
  region = await startRegion({});
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
