import { afterEach, describe, expect, test } from '@jest/globals';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { aMember, aWorkspace, type Holdings, type Region, startRegion } from '../../test/region.ts';
import { showPart } from '../../test/show.tsx';
import { MembersTab } from './members-tab.tsx';

const bob = aMember({ personId: 'bob', name: 'Bob Durand', email: 'bob@example.test', role: 'editor' });

let region: Region;
let view: ReturnType<typeof showPart>;

const open = async (held: Partial<Holdings>, workspace = aWorkspace()) => {
  region = await startRegion(held);
  view = showPart(<MembersTab workspace={workspace} />, { origin: region.origin });
  return screen.findByRole('list', { name: 'Members' });
};

afterEach(async () => {
  view.stop();
  await region.stop();
});

describe('the members of a workspace', () => {
  test('an owner changes a role, and may take it back', async () => {
    await open({ members: [aMember(), bob] });
    await userEvent.click(screen.getByRole('combobox', { name: 'Role of Bob Durand' }));
    await userEvent.click(await screen.findByRole('option', { name: /Reader/ }));
    await waitFor(() => expect(region.members[1]?.role).toBe('viewer'));
    await userEvent.click(await screen.findByRole('button', { name: 'Undo' }));
    await waitFor(() => expect(region.members[1]?.role).toBe('editor'));
  });

  test('the last owner is told why their role stays', async () => {
    await open({ members: [aMember(), bob] });
    expect(screen.getByRole('note', { name: /at least one owner/ })).toBeVisible();
    expect(screen.queryByRole('combobox', { name: 'Role of Ada Martin' })).toBeNull();
    expect(screen.queryByRole('button', { name: 'Actions on Ada Martin' })).toBeNull();
  });

  test('removing somebody is confirmed first', async () => {
    await open({ members: [aMember(), bob] });
    await userEvent.click(screen.getByRole('button', { name: 'Actions on Bob Durand' }));
    await userEvent.click(await screen.findByRole('menuitem', { name: 'Remove from the workspace' }));
    const dialog = await screen.findByRole('dialog', { name: 'Remove Bob Durand?' });
    expect(region.members).toHaveLength(2);
    await userEvent.click(within(dialog).getByRole('button', { name: 'Remove' }));
    await waitFor(() => expect(region.members).toHaveLength(1));
    await waitFor(() => expect(screen.queryByText('Bob Durand')).toBeNull());
  });

  test('an address without an account is invited, one that is in already is refused with the reason', async () => {
    await open({ members: [aMember(), bob] });
    const email = screen.getByLabelText('E-mail address');
    await userEvent.type(email, 'bob@example.test');
    await userEvent.click(screen.getByRole('button', { name: 'Add' }));
    expect(await screen.findByText('This person is already a member of the workspace.')).toBeVisible();

    await userEvent.clear(email);
    await userEvent.type(email, 'new@example.test');
    await userEvent.click(screen.getByRole('button', { name: 'Add' }));
    expect(await screen.findByRole('list', { name: 'Pending invitations' })).toHaveTextContent('new@example.test');
    await userEvent.click(screen.getByRole('button', { name: 'Withdraw the invitation of new@example.test' }));
    await waitFor(() => expect(region.invitations).toEqual([]));
  });

  test('a reader sees who is there and nothing to change', async () => {
    const list = await open({ members: [bob, aMember({ role: 'viewer' })] }, aWorkspace({ role: 'viewer' }));
    expect(list).toHaveTextContent('Bob Durand');
    expect(screen.queryByRole('combobox')).toBeNull();
    expect(screen.queryByLabelText('E-mail address')).toBeNull();
    expect(screen.getByText('The owners of the workspace manage its members.')).toBeVisible();
  });
});
