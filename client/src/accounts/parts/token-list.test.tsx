import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { type Region, startRegion } from '../../../test/region.ts';
import { showPart } from '../../../test/show.tsx';
import { TokenList } from './token-list.tsx';

let region: Region;
let view: ReturnType<typeof showPart>;

beforeEach(async () => {
  region = await startRegion();
  view = showPart(<TokenList />, region);
});
afterEach(async () => {
  view.stop();
  await region.stop();
});

describe('personal access tokens', () => {
  test('are shown once, listed by name, and revoked after a question', async () => {
    await userEvent.type(await screen.findByLabelText('What the token is for'), 'Monthly export');
    await userEvent.click(screen.getByRole('button', { name: 'Create a token' }));
    expect(await screen.findByLabelText('Token “Monthly export”')).toHaveValue(`concert_${'s'.repeat(43)}`);

    await userEvent.click(screen.getByRole('button', { name: 'I have copied it' }));
    expect(screen.queryByDisplayValue(/^concert_/)).toBeNull();

    await userEvent.click(await screen.findByRole('button', { name: 'Revoke' }));
    const dialog = await screen.findByRole('dialog', { name: 'Revoke “Monthly export”?' });
    await userEvent.click(within(dialog).getByRole('button', { name: 'Revoke' }));
    await waitFor(() => expect(region.tokens).toEqual([]));
    expect(await screen.findByText('No tokens')).toBeVisible();
  });
});
