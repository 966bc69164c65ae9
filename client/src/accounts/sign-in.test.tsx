import { afterEach, describe, expect, test } from '@jest/globals';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { aMember, PASSWORD, type Region, startRegion } from '../../test/region.ts';
import { openClient } from '../../test/show.tsx';

let region: Region;
let view: ReturnType<typeof openClient>;

afterEach(async () => {
  view.stop();
  await region.stop();
});

describe('the sign-in page', () => {
  test('says what is missing before it asks the server', async () => {
    region = await startRegion({ signedIn: false });
    view = openClient({ origin: region.origin, path: '/sign-in' });
    await userEvent.type(await screen.findByLabelText('E-mail address'), 'ada');
    await userEvent.click(screen.getByRole('button', { name: 'Sign in' }));
    expect(await screen.findByText('Enter a complete address, such as name@example.org.')).toBeVisible();
    expect(screen.getByText('Fill this in.')).toBeVisible();
  });

  test('explains a refusal, then lets the person in and takes them where they wanted to go', async () => {
    region = await startRegion({ signedIn: false });
    view = openClient({ origin: region.origin, path: '/sign-in?next=%2Fpeople' });
    const password = await screen.findByLabelText('Password');
    await userEvent.type(screen.getByLabelText('E-mail address'), 'ada@example.test');
    await userEvent.type(password, 'not this one');
    await userEvent.click(screen.getByRole('button', { name: 'Sign in' }));
    expect(await screen.findByRole('alert')).toHaveTextContent('The address or the password does not match.');

    await userEvent.clear(password);
    await userEvent.type(password, PASSWORD);
    await userEvent.click(screen.getByRole('button', { name: 'Sign in' }));
    await waitFor(() => expect(view.router.state.location.pathname).toBe('/people'));
  });

  test('offers the people of a demonstration and enters as the one that is chosen', async () => {
    region = await startRegion({ signedIn: false, demo: true, members: [aMember({ name: 'Zoé Blanc' })] });
    view = openClient({ origin: region.origin, path: '/sign-in' });
    await userEvent.click(await screen.findByRole('button', { name: /Enter as Zoé Blanc/ }));
    await waitFor(() => expect(view.router.state.location.pathname).toBe('/'));
    expect(region.signedIn).toBe(true);
  });
});
