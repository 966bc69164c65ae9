import sharp from 'sharp';
import { stopKeyOf } from '../src/notifications/unsubscribe.ts';
import type { TestApp, TestPerson } from './harness.ts';
import type { Route } from './routes.ts';

/** Ids by the place in which a route takes them: `workspaces`, `documents`, `personId` and so on. */
export type Ids = Readonly<Record<string, string>>;

/** The secret of an invitation is a right by itself; an organisation is open to everybody who is signed in. */
const NOT_SOMEBODYS = new Set(['token', 'organisationId']);

/** What an id in this place of a route names. */
export const placeOf = (route: Route, name: string): string =>
  name === 'id' ? (route.path.split('/')[1] ?? '') : (PLACE_OF_NAME[name] ?? name);

const PLACE_OF_NAME: Readonly<Record<string, string>> = {
  workspaceId: 'workspaces',
  documentId: 'documents',
  answerId: 'replies',
  bodyId: 'bodies',
  parentId: 'bodies',
  ownerId: 'personId',
  decisionId: 'decisions',
  pollId: 'polls',
  meetingId: 'meetings',
  toId: 'personId',
  presenterId: 'personId',
};

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
  'mandateId',
  'bodies',
  'organisations',
  'threads',
  'replies',
  'fileId',
  'notifications',
  'stopKey',
  'admin',
  'seatId',
  'meetings',
  'itemId',
  'proxyId',
  'conflictId',
  'speakerId',
  'optionId',
  'proxies',
  'polls',
  'decisions',
  'actions',
] as const;

/** Places that take no id but a word of a closed set. */
const WORDS: Ids = { reaction: 'agree' };

/** Well-formed ids of nothing. */
export const nobodys: Ids = {
  ...Object.fromEntries(
    PLACES.map((place, at) => [place, `01890000-0000-7000-8000-0000000000${String(at).padStart(2, '0')}`]),
  ),
  ...WORDS,
};

type World = {
  readonly app: TestApp;
  readonly owner: TestPerson;
  readonly workspaceId: string;
  /** A member whose role is changed and who is removed; by default the owner. */
  readonly memberId?: string;
  /** Who founds bodies; without, there are none. */
  readonly administrator?: TestPerson;
};

const picture = async (): Promise<Uint8Array<ArrayBuffer>> =>
  new Uint8Array(
    await sharp({ create: { width: 2, height: 2, channels: 3, background: '#123456' } })
      .png()
      .toBuffer(),
  );

let made = 0;
const number = (): number => {
  made += 1;
  return made;
};

/** A proxy for a time that an administrator has offered to somebody of a body. */
async function aProxy({ api, id: personId }: TestPerson, bodyId: string, toId: string): Promise<string> {
  const { id: mandateId } = await api.governance.giveMandate({ id: bodyId, personId, role: 'member' });
  const day = new Date().toISOString().slice(0, 10);
  const proxy = await api.proxies.give({ bodyId, toId, fromDay: day, untilDay: day });
  await api.governance.endMandate({ id: bodyId, mandateId });
  return proxy.id;
}

/** How each thing comes into the world, called Canary where it has a name. `subject` is what a right is about. */
const MAKERS: Readonly<
  Record<string, (world: World, subject: { kind: 'workspaces' | 'documents'; documentId: string }) => Promise<Ids>>
> = {
  files: async ({ owner }, { documentId: id }) => {
    const file = await owner.api.files.upload({ id, file: new File([await picture()], 'canary.png') });
    return { files: file.id };
  },
  versionId: async ({ owner }, { documentId: id }) => ({
    versionId: (await owner.api.documents.createVersion({ id })).id,
  }),
  tokens: async ({ owner }) => {
    const { accounts } = owner.api;
    // Nobody has more than fifty tokens.
    const old = (await accounts.tokens({})).items.filter(({ name }) => name === 'Canary').slice(9);
    for (const { id } of old) await accounts.revokeToken({ id });
    return { tokens: (await accounts.createToken({ name: 'Canary' })).id };
  },
  invitationId: async ({ app, owner, workspaceId }) => {
    const email = `canary-${number()}@x.example`;
    const added = await owner.api.workspaces.addMember({ id: workspaceId, email, role: 'viewer' });
    if (added.outcome !== 'invited') throw new Error('nobody was invited');
    const token = app.app.platform.auth.derive(`workspace-invitation:${added.invitation.id}`);
    return { invitationId: added.invitation.id, token };
  },
  grantId: async ({ owner, workspaceId }, { kind, documentId }) => {
    const { id: organisationId } = await owner.api.organisations.create({ name: `Grantee ${number()}`, kind: 'buyer' });
    const id = kind === 'documents' ? documentId : workspaceId;
    const principal = { type: 'organisation', id: organisationId } as const;
    return { grantId: (await owner.api.sharing[kind].grant({ id, principal, role: 'viewer' })).id };
  },
  denialId: async ({ owner, workspaceId }, { kind, documentId }) => {
    const { id: organisationId } = await owner.api.organisations.create({ name: `Denied ${number()}`, kind: 'buyer' });
    const id = kind === 'documents' ? documentId : workspaceId;
    const principal = { type: 'organisation', id: organisationId } as const;
    return { denialId: (await owner.api.sharing[kind].deny({ id, principal })).id };
  },
  auth: async ({ owner }) => {
    const sessions: { id: string; current: boolean }[] = await (await owner.fetch('/api/auth/list-sessions')).json();
    // Never the session that asks: ending it would end the questions.
    return { auth: (sessions.find(({ current }) => !current) ?? sessions[0])?.id ?? 'none' };
  },
  stopKey: async ({ app, owner }) => ({ stopKey: stopKeyOf(app.app.platform.auth, owner.id, 'mentioned') }),
  organisations: async ({ owner }) => ({
    organisations: (await owner.api.organisations.create({ name: `Canary ${number()}`, kind: 'buyer' })).id,
  }),
  bodies: async ({ administrator, memberId, owner }): Promise<Ids> => {
    if (administrator === undefined) return {};
    const { id } = await administrator.api.governance.create({ name: `Body ${number()}`, kind: 'committee' });
    const mandate = await administrator.api.governance.giveMandate({
      id,
      personId: memberId ?? owner.id,
      role: 'member',
    });
    const seat = await administrator.api.governance.addSeat({ id, title: 'Canary' });
    return { bodies: id, mandateId: mandate.id, seatId: seat.id };
  },
  meetings: async ({ administrator, memberId, owner }): Promise<Ids> => {
    if (administrator === undefined) return {};
    const { governance, meetings, polls } = administrator.api;
    const personId = memberId ?? owner.id;
    const { id: bodyId } = await governance.create({ name: `Board ${number()}`, kind: 'board' });
    await governance.giveMandate({ id: bodyId, personId, role: 'member' });
    const proxies = await aProxy(administrator, bodyId, personId);
    const { id } = await meetings.create({ bodyId, title: 'Canary', mode: 'room', timeZone: 'Europe/Paris' });
    const { agenda } = await meetings.addItem({ id, title: 'Canary' });
    const itemId = agenda[0]?.id ?? '';
    const [startAt, endAt] = ['2098-01-01T08:00:00.000Z', '2098-01-01T10:00:00.000Z'];
    const { dateOptions } = await meetings.proposeDates({ id, options: [{ startAt, endAt }] });
    const optionId = dateOptions[0]?.id ?? '';
    await meetings.chooseDate({ id, optionId });
    await meetings.convene({ id });
    const { conflicts } = await meetings.declareConflict({ id, itemId, personId });
    const poll = await polls.create({
      ...{ id, itemId, question: 'Canary?', method: 'motion', secrecy: 'named-live', majority: 'ordinary' },
    });
    return { meetings: id, itemId, optionId, conflictId: conflicts[0]?.id ?? '', polls: poll.id, proxies };
  },
  decisions: async ({ administrator }): Promise<Ids> => {
    if (administrator === undefined) return {};
    const { governance, decisions } = administrator.api;
    const { id: bodyId } = await governance.create({ name: `Deciding ${number()}`, kind: 'board' });
    const chair = await governance.giveMandate({ id: bodyId, personId: administrator.id, role: 'chair' });
    const drafted = await decisions.create({ bodyId, title: 'Canary', text: 'Canary', basis: 'consensus' });
    const { id, hash = '' } = await decisions.adopt({ id: drafted.id });
    await decisions.sign({ id, hash });
    await decisions.publish({ id });
    await governance.endMandate({ id: bodyId, mandateId: chair.id });
    const terms = { bodyId, title: 'Canary', ownerId: administrator.id, decisionId: id };
    return { decisions: id, actions: (await administrator.api.actions.create(terms)).id };
  },
  threads: async ({ app, owner, workspaceId }) => {
    const body = { type: 'doc', content: [{ type: 'paragraph', content: [{ type: 'text', text: 'Canary' }] }] };
    const thread = await owner.api.threads.workspaces.open({ id: workspaceId, title: 'Canary', body });
    const file = await owner.api.threads.attach({ file: new File(['Canary'], 'canary.txt') });
    const reply = await owner.api.threads.reply({ id: thread.id, body, attachments: [file.id] });
    await app.app.platform.notices.tell({
      eventId: `canary:${reply.id}`,
      what: 'replied',
      by: 'somebody-else',
      at: new Date(),
      path: [{ kind: 'thread', id: thread.id }],
      mentioned: [],
      participants: [owner.id],
      audience: async (ids) => new Set(ids),
    });
    const told = (await owner.api.notifications.list({})).items.find(({ subject }) => subject.id === thread.id);
    return { threads: thread.id, replies: reply.id, fileId: file.id, notifications: told?.id ?? 'none' };
  },
  admin: async ({ app }) => ({ admin: (await app.as(`canary-${number()}`)).id }),
};

/** The places for which a route takes an id. */
const placesOf = (route: Route): string[] =>
  [...route.pathParameters, ...route.query, ...Object.keys(route.body ?? {})].map((name) => placeOf(route, name));

/** Places that one maker fills together. */
const MADE_WITH: Readonly<Record<string, string>> = {
  token: 'invitationId',
  mandateId: 'bodies',
  seatId: 'bodies',
  itemId: 'meetings',
  proxyId: 'meetings',
  conflictId: 'meetings',
  speakerId: 'meetings',
  optionId: 'meetings',
  proxies: 'meetings',
  polls: 'meetings',
  actions: 'decisions',
  replies: 'threads',
  fileId: 'threads',
  notifications: 'threads',
};

/**
 * Puts things into a workspace; answers their ids by place. Of everything, or of what one route names: of its rights
 * those on what the route is about.
 */
export async function idsIn(world: World, route?: Route): Promise<Ids> {
  const { owner, workspaceId, memberId } = world;
  const { id: documentId } = await owner.api.documents.create({
    workspaceId,
    kind: 'note',
    title: 'Canary',
    locale: 'en',
  });
  const wanted = route === undefined ? Object.keys(MAKERS) : placesOf(route);
  const makers = new Set(wanted.map((place) => MADE_WITH[place] ?? place));
  const kind = route?.path.startsWith('/documents/') ? 'documents' : 'workspaces';
  let ids: Ids = { ...WORDS, workspaces: workspaceId, documents: documentId, personId: memberId ?? owner.id };
  for (const maker of makers) ids = { ...ids, ...(await MAKERS[maker]?.(world, { kind, documentId })) };
  return ids;
}
