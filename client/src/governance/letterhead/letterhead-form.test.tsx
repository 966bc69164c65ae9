import type { Body } from '@concert/domain/governance/api.ts';
import { LETTERHEAD } from '@concert/domain/governance/letterhead.ts';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { NOW, type Region, startRegion } from '../../../test/region.ts';
import { showPart } from '../../../test/show.tsx';
import { LetterheadForm } from './letterhead-dialog.tsx';

const BODY: Body = {
  ...{ id: 'committee', name: 'Steering committee', kind: 'committee', remit: '', state: 'active' },
  ...{ publicity: 'members', seatCount: 0, vacantCount: 0, rulesVersion: 2, memberCount: 5, myRoles: [] },
  createdAt: NOW,
};
const LOGO = { url: 'data:image/png;base64,AAAA', width: 30, height: 10 };

let region: Region;
let view: ReturnType<typeof showPart>;

beforeEach(async () => {
  region = await startRegion({});
});
afterEach(async () => {
  view.stop();
  await region.stop();
});

const show = async (before: Parameters<typeof LetterheadForm>[0]['before']) => {
  view = showPart(<LetterheadForm body={BODY} before={before} onDone={() => undefined} />, { origin: region.origin });
  return screen.findByRole('figure');
};

describe('[G20] setting the letterhead of a body', () => {
  test('the preview shows what will be printed, and says when that is nothing', async () => {
    const paper = await show({ lines: [] });
    expect(paper).toHaveTextContent('Without lines and logo, files have no letterhead.');
    expect(screen.queryByRole('button', { name: 'Remove the letterhead' })).toBeNull();
    await userEvent.type(screen.getByRole('textbox', { name: 'Lines' }), 'Region{Enter}Board');
    expect(within(paper).getByText('Region')).toBeInTheDocument();
    expect(within(paper).getByText('Board')).toBeInTheDocument();
  });

  test('a logo is shown, and taken away again', async () => {
    const paper = await show({ lines: ['Region'], logo: LOGO });
    expect(within(paper).getByRole('img', { name: 'Logo' })).toHaveAttribute('src', LOGO.url);
    expect(screen.getByRole('button', { name: 'Remove the letterhead' })).toBeEnabled();
    await userEvent.click(screen.getByRole('button', { name: 'Remove the logo' }));
    expect(within(paper).queryByRole('img')).toBeNull();
  });

  test('[G21] a file that is too big is said at once and not taken; another one is shown', async () => {
    const paper = await show({ lines: [] });
    const input = document.querySelector('input[type=file]') as HTMLInputElement;
    const large = new File([new Uint8Array(LETTERHEAD.givenBytes + 1)], 'large.png', { type: 'image/png' });
    await userEvent.upload(input, large);
    expect(await screen.findByText(/larger than 300 kB/)).toBeInTheDocument();
    expect(within(paper).queryByRole('img')).toBeNull();
    await userEvent.upload(input, new File(['abc'], 'small.png', { type: 'image/png' }));
    await waitFor(() => expect(within(paper).getByRole('img')).toHaveAttribute('src', 'data:image/png;base64,YWJj'));
    expect(screen.queryByText(/larger than 300 kB/)).toBeNull();
  });

  test('what is too much is said by its line', async () => {
    await show({ lines: ['Region'] });
    const lines = screen.getByRole('textbox', { name: 'Lines' });
    await userEvent.click(lines);
    await userEvent.paste(`\n${'x'.repeat(121)}`);
    expect(screen.getByText('Line 2 is longer than 120 characters.')).toBeInTheDocument();
    await userEvent.clear(lines);
    await userEvent.paste('1\n2\n3\n4\n5\n6');
    expect(screen.getByText('Five lines at most.', { exact: true })).toBeInTheDocument();
  });
});
