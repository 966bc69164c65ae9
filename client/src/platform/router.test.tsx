import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { type Region, startRegion } from '../../test/region.ts';
import { openClient } from '../../test/show.tsx';
import { safeReturn } from './router.tsx';

describe('the way back after signing in', () => {
  test('is a path of ours', () => {
    expect(safeReturn('/workspaces/mobility/members')).toBe('/workspaces/mobility/members');
  });

  test('never leads to another site', () => {
    for (const next of ['//evil.test', '/\\evil.test', 'https://evil.test', 'javascript:alert(1)', '', null]) {
      expect(safeReturn(next)).toBe('/');
    }
  });
});

describe('the client', () => {
  let region: Region;
  let view: ReturnType<typeof openClient>;
  const address = () => `${view.router.state.location.pathname}${view.router.state.location.search}`;

  beforeEach(async () => {
    region = await startRegion();
  });
  afterEach(async () => {
    view.stop();
    await region.stop();
  });

  test('sends a stranger to the sign-in page and remembers where they were going', async () => {
    region.signedIn = false;
    view = openClient({ origin: region.origin, path: '/workspaces/mobility' });
    await waitFor(() => expect(address()).toBe('/sign-in?next=%2Fworkspaces%2Fmobility'));
  });

  test('shows a member what their workspaces are', async () => {
    view = openClient(region);
    expect(await screen.findByRole('heading', { level: 1, name: /Ada/ })).toBeVisible();
    const mine = await screen.findByRole('region', { name: 'My workspaces' });
    expect(await within(mine).findByText('Mobilité hospitalière')).toBeVisible();
  });

  test('answers an unknown address and an unknown workspace alike', async () => {
    view = openClient({ origin: region.origin, path: '/nowhere' });
    expect(await screen.findByRole('heading', { name: 'This page does not exist' })).toBeVisible();
    await view.router.navigate('/workspaces/unknown');
    expect(await screen.findByRole('heading', { name: 'This page does not exist' })).toBeVisible();
  });

  test('forgets the page when somebody signs out by choice, for the next person is another', async () => {
    view = openClient({ origin: region.origin, path: '/workspaces/mobility/members' });
    await userEvent.click(await screen.findByRole('button', { name: 'Your account: Ada Martin' }));
    await userEvent.click(await screen.findByRole('menuitem', { name: 'Sign out' }));
    await waitFor(() => expect(address()).toBe('/sign-in'));
    expect(region.signedIn).toBe(false);
  });
});
