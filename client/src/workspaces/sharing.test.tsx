import { afterEach, describe, expect, test } from '@jest/globals';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { aWorkspace, type Holdings, type Region, startRegion } from '../../test/region.ts';
import { aBody, aGrant } from '../../test/sharing.ts';
import { showPart } from '../../test/show.tsx';
import { AccessTab } from './access-tab.tsx';
import { MembersTab } from './members-tab.tsx';

let region: Region;
let view: ReturnType<typeof showPart>;

const show = async (Part: typeof AccessTab, held: Partial<Holdings>, workspace = aWorkspace()) => {
  region = await startRegion(held);
  view = showPart(<Part workspace={workspace} />, region);
};

afterEach(async () => {
  view.stop();
  await region.stop();
});

describe('who can see a workspace', () => {
  test('is said of each person with every reason, and of who is kept out as well', async () => {
    await show(AccessTab, {
      access: [
        {
          personId: 'bob',
          name: 'Bob Durand',
          color: '#1c7ed6',
          role: 'editor',
          reasons: [
            { kind: 'member', on: 'workspace', role: 'viewer' },
            {
              kind: 'body',
              on: 'workspace',
              role: 'editor',
              through: { id: 'committee', name: 'Steering committee' },
              until: '2027-06-30T22:00:00.000Z',
            },
          ],
        },
        {
          personId: 'eve',
          name: 'Eve Petit',
          color: '#c2255c',
          role: null,
          reasons: [{ kind: 'denied', on: 'workspace', since: '2026-11-02T09:00:00.000Z', note: 'Her brother bids.' }],
        },
      ],
    });
    const [bob, eve] = within(await screen.findByRole('list', { name: 'Who can see this, and why' }))
      .getAllByRole('listitem')
      .filter((item) => item.parentElement?.getAttribute('aria-label'));
    expect(bob).toHaveTextContent('Reader as a member of the workspace');
    expect(bob).toHaveTextContent('Editor through Steering committee, until 30 June 2027');
    expect(eve).toHaveTextContent('Kept out');
    expect(eve).toHaveTextContent('Conflict of interest declared on 2 November 2026“Her brother bids.”');
    expect(screen.getByText('1 person can see this')).toBeVisible();
  });
});

describe('the rights of bodies on a workspace', () => {
  test('are given by an owner, taken back, and taken back back', async () => {
    await show(MembersTab, { bodies: [aBody()] });
    await userEvent.click(await screen.findByRole('combobox', { name: 'A body' }));
    await userEvent.click(await screen.findByRole('option', { name: 'Steering committee' }));
    await userEvent.click(screen.getByRole('button', { name: 'Give access' }));
    await userEvent.click(await screen.findByRole('button', { name: 'Take back the access of Steering committee' }));
    await waitFor(() => expect(region.grants).toEqual([]));
    await userEvent.click(await screen.findByRole('button', { name: 'Undo' }));
    await waitFor(() => expect(region.grants).toHaveLength(1));
  });

  test('are shown to others with nothing to change', async () => {
    await show(MembersTab, { grants: [aGrant()] }, aWorkspace({ role: 'editor' }));
    expect(await screen.findByRole('list', { name: 'Access given' })).toHaveTextContent(
      'Steering committee5 people · given by Ada MartinReader',
    );
    expect(screen.queryByRole('button', { name: /Take back/ })).toBeNull();
    expect(screen.queryByRole('button', { name: 'Give access' })).toBeNull();
  });
});
