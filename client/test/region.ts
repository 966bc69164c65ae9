import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { sharingApi } from '@concert/domain/access/api.ts';
import { type AccessToken, accountsApi, type Me } from '@concert/domain/accounts/api.ts';
import type { SignUpMode } from '@concert/domain/administration/settings.ts';
import { documentsApi } from '@concert/domain/documents/api.ts';
import { governanceApi } from '@concert/domain/governance/api.ts';
import { type Organisation, organisationsApi } from '@concert/domain/organisations/api.ts';
import { type Invitation, type Member, type Workspace, workspacesApi } from '@concert/domain/workspaces/api.ts';
import { OpenAPIHandler } from '@orpc/openapi/node';
import { implement, ORPCError } from '@orpc/server';
import type { OpenSession } from '../src/platform/auth.ts';
import { type DocumentHoldings, documentsOf } from './documents.ts';
import { bodiesOf, type SharingHoldings, sharingOf } from './sharing.ts';

/** Instants of the region stand still. */
export const NOW = '2026-11-23T08:30:00.000Z';
export const PASSWORD = 'concert-demo';

export const aMe = (over: Partial<Me> = {}): Me => ({
  id: 'ada',
  name: 'Ada Martin',
  email: 'ada@example.test',
  color: '#0b6b68',
  title: 'Acheteuse',
  organisationId: 'org-1',
  organisationName: 'Région',
  locale: 'en',
  scheme: 'light',
  platformRole: 'member',
  emailVerified: true,
  ...over,
});

export const aMember = (over: Partial<Member> = {}): Member => ({
  personId: 'ada',
  name: 'Ada Martin',
  email: 'ada@example.test',
  color: '#0b6b68',
  role: 'owner',
  since: NOW,
  ...over,
});

export const aWorkspace = (over: Partial<Workspace> = {}): Workspace => ({
  id: 'mobility',
  name: 'Mobilité hospitalière',
  description: 'Déplacer moins les patients, mieux les équipes.',
  state: 'active',
  role: 'owner',
  memberCount: 2,
  documentCount: 4,
  createdAt: NOW,
  updatedAt: NOW,
  ...over,
});

/** What a region holds; a test gives what it is about. */
export type Holdings = DocumentHoldings &
  SharingHoldings & {
    sessions: OpenSession[];
    signedIn: boolean;
    signUp: SignUpMode;
    /** Whether a new address must be confirmed before its account can be used. */
    verifyEmail: boolean;
    demo: boolean;
    me: Me;
    members: Member[];
    invitations: Invitation[];
    workspaces: Workspace[];
    tokens: AccessToken[];
    organisations: Organisation[];
  };

export type Region = Holdings & { readonly origin: string; stop(): Promise<void> };

const contract = {
  sharing: sharingApi,
  governance: governanceApi,
  accounts: accountsApi,
  workspaces: workspacesApi,
  organisations: organisationsApi,
  documents: documentsApi,
};

function problem(code: 'UNAUTHORIZED' | 'NOT_FOUND' | 'CONFLICT', reason: string) {
  return new ORPCError(code, { data: { reason } });
}

function accountsOf(os: ReturnType<typeof implement<typeof contract>>['accounts'], held: Holdings) {
  return {
    boot: os.boot.handler(() => ({
      demo: held.demo,
      claimed: true,
      version: '0',
      schema: 1,
      signUp: held.signUp,
      verifyEmail: held.verifyEmail,
      name: { fr: 'Concert', en: 'Concert', it: 'Concert' },
      contactEmail: null,
    })),
    demoAccounts: os.demoAccounts.handler(() => ({
      items: held.members.map(({ name, email, color }) => ({
        name,
        email,
        color,
        title: 'Acheteuse',
        organisationName: 'Région',
      })),
    })),
    me: os.me.handler(() => {
      if (!held.signedIn) throw problem('UNAUTHORIZED', 'no-session');
      return held.me;
    }),
    updateMe: os.updateMe.handler(({ input: { organisationId, ...change } }) => {
      held.me = { ...held.me, ...change, ...(organisationId ? { organisationId } : {}) };
      return held.me;
    }),
    tokens: os.tokens.handler(() => ({ items: held.tokens })),
    createToken: os.createToken.handler(({ input: { name } }) => {
      const id = `token-${held.tokens.length + 1}`;
      held.tokens = [...held.tokens, { id, name, createdAt: NOW }];
      return { id, token: `concert_${'s'.repeat(43)}` };
    }),
    revokeToken: os.revokeToken.handler(({ input: { id } }) => {
      held.tokens = held.tokens.filter((token) => token.id !== id);
      return {};
    }),
  };
}

function workspacesOf(os: ReturnType<typeof implement<typeof contract>>['workspaces'], held: Holdings) {
  const lastOwner = (personId: string) =>
    held.members.filter(({ role }) => role === 'owner').every((owner) => owner.personId === personId);
  return {
    list: os.list.handler(() => ({ items: held.workspaces })),
    get: os.get.handler(({ input: { id } }) => {
      const found = held.workspaces.find((workspace) => workspace.id === id);
      if (!found) throw problem('NOT_FOUND', 'not-found');
      return found;
    }),
    members: os.members.handler(() => ({ items: held.members })),
    invitations: os.invitations.handler(() => ({ items: held.invitations })),
    addMember: os.addMember.handler(({ input: { email, role } }) => {
      if (held.members.some((member) => member.email === email)) throw problem('CONFLICT', 'already-member');
      const invitation = {
        id: email.replace(/\W/g, '-'),
        email,
        role,
        invitedBy: held.me.name,
        createdAt: NOW,
        expiresAt: '2036-12-07T08:30:00.000Z',
      };
      held.invitations = [...held.invitations, invitation];
      return { outcome: 'invited' as const, invitation };
    }),
    changeMember: os.changeMember.handler(({ input: { personId, role, until } }) => {
      if (role && role !== 'owner' && lastOwner(personId)) throw problem('CONFLICT', 'last-owner');
      held.members = held.members.map((member) =>
        member.personId === personId
          ? { ...member, role: role ?? member.role, ...(until === undefined ? {} : { until: until ?? undefined }) }
          : member,
      );
      const changed = held.members.find((member) => member.personId === personId);
      if (!changed) throw problem('NOT_FOUND', 'not-found');
      return changed;
    }),
    removeMember: os.removeMember.handler(({ input: { personId } }) => {
      if (lastOwner(personId)) throw problem('CONFLICT', 'last-owner');
      held.members = held.members.filter((member) => member.personId !== personId);
      return {};
    }),
    revokeInvitation: os.revokeInvitation.handler(({ input: { invitationId } }) => {
      held.invitations = held.invitations.filter(({ id }) => id !== invitationId);
      return {};
    }),
  };
}

/** What a page under test asked of the authentication routes; each is answered by the part of the holdings it is about. */
function answerOf(path: string, body: Record<string, unknown>, held: Holdings): { status: number; answer: unknown } {
  const done = { status: 200, answer: {} };
  switch (path) {
    case 'sign-in/email':
      if (body.password !== PASSWORD) return { status: 401, answer: { code: 'INVALID_EMAIL_OR_PASSWORD' } };
      held.signedIn = true;
      return done;
    case 'sign-up/email':
      held.signedIn = !held.verifyEmail;
      return done;
    case 'get-session':
      return { status: 200, answer: held.signedIn ? { session: {}, user: { id: held.me.id } } : null };
    case 'verify-email':
      return body.token === LINK ? { status: 200, answer: { email: held.me.email } } : REFUSED_LINK;
    case 'reset-password':
      return body.token === LINK ? done : REFUSED_LINK;
    case 'sign-out':
    case 'revoke-sessions':
      held.signedIn = false;
      return done;
    case 'list-sessions':
      return { status: 200, answer: held.sessions };
    case 'revoke-session':
      held.sessions = held.sessions.filter(({ id }) => id !== body.id);
      return done;
    case 'revoke-other-sessions':
      held.sessions = held.sessions.filter(({ current }) => current);
      return done;
    default:
      return done;
  }
}

/** The secret of the one mailed link that works in a region. */
export const LINK = 'l'.repeat(43);
const REFUSED_LINK = { status: 400, answer: { code: 'BAD_REQUEST', data: { reason: 'bad-link' } } };

/** The authentication library's routes, as far as the pages need them. */
async function authenticate(request: IncomingMessage, response: ServerResponse, held: Holdings): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  const body: Record<string, unknown> = JSON.parse(Buffer.concat(chunks).toString() || '{}');
  const { status, answer } = answerOf((request.url ?? '').replace('/api/auth/', ''), body, held);
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(answer));
}

/** A small region over HTTP, speaking the contract out of memory; what it holds may be read and changed by the test. */
export async function startRegion(over: Partial<Holdings> = {}): Promise<Region> {
  const held: Holdings = {
    signedIn: true,
    signUp: 'open',
    verifyEmail: false,
    demo: false,
    me: aMe(),
    members: [aMember()],
    invitations: [],
    workspaces: [aWorkspace()],
    tokens: [],
    organisations: [],
    documents: [],
    versions: [],
    restored: [],
    grants: [],
    denials: [],
    access: [],
    bodies: [],
    sessions: [],
    ...over,
  };
  const os = implement(contract);
  const handler = new OpenAPIHandler({
    accounts: accountsOf(os.accounts, held),
    workspaces: workspacesOf(os.workspaces, held),
    organisations: { list: os.organisations.list.handler(() => ({ items: held.organisations })) },
    documents: documentsOf(os.documents, held),
    sharing: sharingOf(os.sharing, held),
    governance: bodiesOf(os.governance, held),
  });
  const server = createServer((request, response) => {
    if (request.url?.startsWith('/api/auth/')) return void authenticate(request, response, held);
    void handler.handle(request, response, { prefix: '/api' }).then(({ matched }) => {
      if (!matched) response.writeHead(404).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return Object.assign(held, {
    origin: `http://127.0.0.1:${port}`,
    stop: () => {
      server.closeAllConnections();
      return new Promise<void>((resolve, reject) => server.close((error) => (error ? reject(error) : resolve())));
    },
  });
}
