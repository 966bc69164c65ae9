import sharp from 'sharp';
import type { TestApp, TestPerson } from './harness.ts';
import type { Route } from './routes.ts';

/** Ids by the place in which a route takes them: `workspaces`, `documents`, `personId` and so on. */
export type Ids = Readonly<Record<string, string>>;

/** The secret of an invitation is a right by itself; an organisation is open to everybody who is signed in. */
const NOT_SOMEBODYS = new Set(['token', 'organisationId']);

/** What an id in this place of a route names. */
export const placeOf = (route: Route, name: string): string =>
  name === 'id' ? (route.path.split('/')[1] ?? '') : name === 'workspaceId' ? 'workspaces' : name;

/** The places of a route that name something of somebody's. */
export const idNamesOf = (route: Route): string[] =>
  [...route.pathParameters, ...route.query, ...Object.keys(route.body ?? {})].filter(
    (name) => (name === 'id' || name.endsWith('Id')) && !NOT_SOMEBODYS.has(name),
  );

/** Every place for which a route may want an id. */
export const PLACES = [
  'workspaces',
  'documents',
  'files',
  'tokens',
  'auth',
  'personId',
  'versionId',
  'invitationId',
  'grantId',
  'denialId',
] as const;

/** Well-formed ids of nothing. */
export const nobodys: Ids = Object.fromEntries(
  PLACES.map((place, at) => [place, `01890000-0000-7000-8000-0000000000${String(at).padStart(2, '0')}`]),
);

type World = {
  readonly app: TestApp;
  readonly owner: TestPerson;
  readonly workspaceId: string;
  /** A member whose role is changed and who is removed; by default the owner. */
  readonly memberId?: string;
};

const picture = async (): Promise<Uint8Array<ArrayBuffer>> =>
  new Uint8Array(
    await sharp({ create: { width: 2, height: 2, channels: 3, background: '#123456' } })
      .png()
      .toBuffer(),
  );

let made = 0;

/** Puts one thing of every kind into a workspace, each called Canary where it has a name; answers their ids by place. */
export async function idsIn({ app, owner, workspaceId, memberId }: World): Promise<Ids> {
  const { documents, workspaces, files, accounts, organisations, sharing } = owner.api;
  const { id: documentId } = await documents.create({ workspaceId, kind: 'note', title: 'Canary', locale: 'en' });
  const { id: versionId } = await documents.createVersion({ id: documentId });
  const file = await files.upload({ id: documentId, file: new File([await picture()], 'canary.png') });
  // Nobody has more than fifty tokens.
  const old = (await accounts.tokens({})).items.filter(({ name }) => name === 'Canary').slice(9);
  for (const { id } of old) await accounts.revokeToken({ id });
  made += 1;
  const email = `canary-${made}@x.example`;
  const added = await workspaces.addMember({ id: workspaceId, email, role: 'viewer' });
  if (added.outcome !== 'invited') throw new Error('nobody was invited');
  const { id: organisationId } = await organisations.create({ name: `Organisation ${made}`, kind: 'buyer' });
  const principal = { type: 'organisation', id: organisationId } as const;
  const grant = await sharing.workspaces.grant({ id: workspaceId, principal, role: 'viewer' });
  const denial = await sharing.workspaces.deny({ id: workspaceId, principal });
  const sessions: { id: string; current: boolean }[] = await (await owner.fetch('/api/auth/list-sessions')).json();
  // Never the session that asks: ending it would end the questions.
  const session = sessions.find(({ current }) => !current) ?? sessions[0];
  return {
    workspaces: workspaceId,
    documents: documentId,
    files: file.id,
    tokens: (await accounts.createToken({ name: 'Canary' })).id,
    auth: session?.id ?? 'none',
    personId: memberId ?? owner.id,
    versionId,
    invitationId: added.invitation.id,
    grantId: grant.id,
    denialId: denial.id,
    token: app.app.platform.auth.derive(`workspace-invitation:${added.invitation.id}`),
  };
}
