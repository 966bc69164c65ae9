import { afterEach, describe, expect, test } from '@jest/globals';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { type Holdings, LINK, NOW, type Region, startRegion } from '../../test/region.ts';
import { openClient, showPart } from '../../test/show.tsx';
import { SessionList } from './parts/session-list.tsx';

let region: Region;
let view: ReturnType<typeof openClient>;

const open = async (path: string, held: Partial<Holdings> = {}) => {
  region = await startRegion({ signedIn: false, ...held });
  view = openClient({ origin: region.origin, path });
};

afterEach(async () => {
  view.stop();
  await region.stop();
});

describe('opening an account', () => {
  const fill = async () => {
    await userEvent.type(await screen.findByLabelText('First and last name'), 'Zoé Blanc');
    await userEvent.type(screen.getByLabelText('E-mail address'), 'zoe@example.test');
    await userEvent.type(screen.getByLabelText('Password'), 'three slow blue trams');
  };

  test('is not offered where sign-up is closed', async () => {
    await open('/sign-up', { signUp: 'closed' });
    expect(await screen.findByRole('heading', { name: 'Sign-up is closed' })).toBeVisible();
    expect(screen.queryByLabelText('Password')).toBeNull();
  });

  test('says that an invitation is needed where only the invited may', async () => {
    await open('/sign-up', { signUp: 'invited' });
    expect(await screen.findByText('By invitation')).toBeVisible();
  });

  test('says in words how hard the password is to guess', async () => {
    await open('/sign-up');
    const password = await screen.findByLabelText('Password');
    await userEvent.type(password, 'password1');
    expect(password).toHaveAccessibleDescription(/Easy to guess.*the words that everybody chooses/);
    await userEvent.clear(password);
    await userEvent.type(password, 'three slow blue trams');
    expect(password).toHaveAccessibleDescription(/Very good/);
  });

  test('leads to the mailbox where the address must be confirmed first', async () => {
    await open('/sign-up', { verifyEmail: true });
    await fill();
    await userEvent.click(screen.getByRole('button', { name: 'Create the account' }));
    expect(await screen.findByRole('heading', { name: 'Look in your mailbox' })).toBeVisible();
    expect(screen.getByText(/zoe@example.test/)).toBeVisible();
    expect(screen.getByRole('button', { name: /You can send again in/ })).toBeDisabled();
  });

  test('leads inside where it need not be', async () => {
    await open('/sign-up');
    await fill();
    await userEvent.click(screen.getByRole('button', { name: 'Create the account' }));
    await waitFor(() => expect(view.router.state.location.pathname).toBe('/'));
  });
});

describe('a mailed link', () => {
  test('leaves the address bar at once, and confirms by its button only', async () => {
    await open(`/verify-email#${LINK}`);
    const button = await screen.findByRole('button', { name: 'Confirm my address' });
    await waitFor(() => expect(view.router.state.location.hash).toBe(''));
    await userEvent.click(button);
    expect(await screen.findByText('ada@example.test is yours.')).toBeVisible();
  });

  test('that was used up says so, and where a new one comes from', async () => {
    await open(`/reset-password#${'x'.repeat(43)}`);
    await userEvent.type(await screen.findByLabelText('New password'), 'three slow blue trams');
    await userEvent.click(screen.getByRole('button', { name: 'Save and sign in' }));
    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent('This link was already used, or it is too old.');
    expect(within(alert).getByRole('link', { name: 'Ask for a new link' })).toHaveAttribute('href', '/forgot-password');
  });

  test('gives a new password and leads to the sign-in page, which says so', async () => {
    await open(`/reset-password#${LINK}`);
    await userEvent.type(await screen.findByLabelText('New password'), 'three slow blue trams');
    await userEvent.click(screen.getByRole('button', { name: 'Save and sign in' }));
    expect(await screen.findByText(/Your new password is saved/)).toBeVisible();
    expect(view.router.state.location.pathname).toBe('/sign-in');
  });

  test('that was cut off is explained', async () => {
    await open('/reset-password');
    expect(await screen.findByRole('heading', { name: 'This link is not complete' })).toBeVisible();
  });
});

describe('the sessions of an account', () => {
  const WINDOWS = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0';
  const session = { createdAt: NOW, updatedAt: NOW, expiresAt: NOW, userAgent: WINDOWS };

  test('are named by their devices; another one is ended after a question, this one is not offered', async () => {
    region = await startRegion({
      sessions: [
        { ...session, id: 'there', current: false },
        { ...session, id: 'here', userAgent: '', current: true },
      ],
    });
    view = showPart(<SessionList />, region);
    const rows = within(await screen.findByRole('list', { name: 'Signed-in devices' })).getAllByRole('listitem');
    expect(rows[0]).toHaveTextContent('Unknown deviceThis device');
    await userEvent.click(screen.getByRole('button', { name: 'End the session Firefox on Windows' }));
    const dialog = await screen.findByRole('dialog', { name: 'End this session?' });
    await userEvent.click(within(dialog).getByRole('button', { name: 'End' }));
    await waitFor(() => expect(region.sessions.map(({ id }) => id)).toEqual(['here']));
    expect(await screen.findByText('You are signed in nowhere else.')).toBeVisible();
  });
});
