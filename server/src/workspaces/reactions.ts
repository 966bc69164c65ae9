import { Problem } from '@concert/contract';
import { LINK_PAGES } from '@concert/domain/accounts/rules.ts';
import type { Deed } from '@concert/domain/activity/rules.ts';
import { concernedBy } from '../platform/access/rights-records.ts';
import { fingerprint } from '../platform/auth/secrets.ts';
import type { DomainEvent } from '../platform/events.ts';
import type { Platform } from '../platform/module.ts';
import { invitationLetter } from './letter.ts';
import { announcer, openInvitations, secretOf } from './service.ts';
import type { WorkspaceStore } from './store.ts';

const textOf = (event: DomainEvent, key: string): string => {
  const value = event.data[key];
  if (typeof value !== 'string') throw new Problem('BAD_REQUEST', 'bad-event', { detail: { type: event.type, key } });
  return value;
};

/** What follows a committed change: letters, and news for the instances that the change did not happen on. */
export function workspaceReactions({ platform, store }: { platform: Platform; store: WorkspaceStore }) {
  const { access, auth, log, mail, ports, site } = platform;
  const announce = announcer(platform);
  const sendInvitation = async (event: DomainEvent): Promise<void> => {
    const workspace = await store.get(textOf(event, 'workspaceId'));
    const id = textOf(event, 'invitationId');
    const invitation = workspace && openInvitations(workspace, ports.now()).find((one) => one.id === id);
    // Withdrawn, replaced or accepted before the letter left: there is nothing to send any more.
    if (!workspace || !invitation) return;
    const token = secretOf(auth, id);
    if (fingerprint(token) !== invitation.tokenHash) {
      log.warn({ invitationId: id }, 'an invitation was made under another AUTH_SECRET: invite again');
      return;
    }
    const inviter = await auth.people.byId(invitation.invitedBy);
    const letter = invitationLetter({
      locale: inviter?.locale ?? 'fr',
      workspaceName: workspace.name,
      inviter: inviter?.name ?? '',
      role: invitation.role,
      link: `${site.url()}${LINK_PAGES.invitation}#${token}`,
      expiresAt: invitation.expiresAt,
    });
    await mail.send({ to: invitation.email, ...letter, messageId: event.id });
  };
  // A crash between the write and the news must not leave somebody with a right that was taken away.
  const rights = (event: DomainEvent): Promise<void> =>
    announce.rights(textOf(event, 'workspaceId'), textOf(event, 'personId'));
  const sharing = async (event: DomainEvent): Promise<void> => {
    const personIds = await access.peopleOf([concernedBy(event)]);
    await access.changed({ personIds });
  };
  const noted = (deed: Deed) => async (event: DomainEvent) => {
    const [workspaceId, personId] = [textOf(event, 'workspaceId'), textOf(event, 'personId')];
    const path = [{ kind: 'workspace', id: workspaceId }] as const;
    // Who takes an invitation comes by themself.
    const by = event.actorId ?? personId;
    await platform.activity.note({ id: event.id, deed, by, at: event.at, path, personId });
  };
  const rightsNoted = (deed: Deed) => async (event: DomainEvent) => {
    await rights(event);
    await noted(deed)(event);
  };
  return {
    'workspaces.rights-changed': sharing,
    'workspaces.member-added': noted('member-added'),
    'workspaces.invitation-accepted': noted('member-added'),
    'workspaces.invited': sendInvitation,
    'workspaces.member-changed': rightsNoted('member-changed'),
    'workspaces.member-removed': rightsNoted('member-removed'),
  };
}
