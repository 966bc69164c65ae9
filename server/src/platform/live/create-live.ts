import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Actor, ClientEvents, ServerEvents } from '@concert/contract';
import { Server, type Socket } from 'socket.io';
import type { Access, AccessChange } from '../access/access.ts';
import type { Auth } from '../auth/auth.ts';
import type { Bus } from '../bus/bus.ts';
import type { Config } from '../config.ts';
import { refuseUpgrade } from '../http/refuse-upgrade.ts';
import type { Site } from '../http/site.ts';
import type { Log } from '../log.ts';
import { boundConnections } from './bound-connections.ts';
import type { Live } from './live.ts';

/** Sockets of one person on one instance; a browser opens one per tab. */
const MAX_SOCKETS_PER_PERSON = 60;
/** Clients have nothing to say here: one that talks more than this is cut off. */
const MAX_CLIENT_PACKETS = 20;
/** From a handshake to the entry behind it; who waits longer holds a socket that nobody counts. */
const CONNECT_MS = 10_000;
/** How often everything is looked at again while other instances cannot tell what they change. */
const ALONE_MS = 5_000;
/** How often sessions that end by themselves are looked for otherwise: every this many of the above. */
const ROUNDS = 3;

type EndMatch = { personId?: string; credentialId?: string };
type SocketData = { actor: Actor };
type LiveServer = Server<ClientEvents, ServerEvents, Record<string, never>, SocketData>;
type LiveSocket = Socket<ClientEvents, ServerEvents, Record<string, never>, SocketData>;

export type LiveOptions = {
  readonly config: Config;
  readonly site: Site;
  readonly log: Log;
  readonly access: Access;
  readonly auth: Auth;
  readonly bus: Bus;
};

const person = (id: string) => `person:${id}`;
const workspace = (id: string) => `workspace:${id}`;
/** Those of a workspace who are no guests of the platform (thread rule T2). */
const staff = (workspaceId: string) => `staff:${workspaceId}`;
/** Those who may read a document without its workspace. */
const single = (documentId: string) => `document:${documentId}`;
/** Those in a workspace from whom one of its documents is kept. */
const without = (documentId: string) => `without:${documentId}`;
/** Everybody of the installation but its guests. */
const MEMBERS = 'platform:members';
/** Those who manage bodies and their meetings (governance rule G1). */
const OFFICE = 'platform:office';
const BY_RIGHT = /^(workspace|staff|document|without|platform):/;

const REFUSALS = { 401: 'Unauthorized', 403: 'Forbidden' } as const;

/**
 * Whether a handshake comes from one of our pages. Browsers name the origin of every WebSocket and of every POST; the
 * polling GET of our own page has none, and says `Sec-Fetch-Site: same-origin`, which no page can write itself.
 */
const fromOwnPage = (site: Site, { method, headers }: IncomingMessage): boolean =>
  headers.origin === undefined
    ? method === 'GET' && headers.upgrade === undefined && headers['sec-fetch-site'] === 'same-origin'
    : site.isOwnOrigin(headers.origin);

/** Decides once per handshake who is there, and remembers it with the request. */
function gatekeeper({ auth, site }: Pick<LiveOptions, 'auth' | 'site'>) {
  const known = new WeakMap<IncomingMessage, Actor>();
  const admit = async (request: IncomingMessage): Promise<200 | 401 | 403> => {
    const { cookie, authorization } = request.headers;
    // A token is never sent by a browser unasked; a cookie is, so only our own pages may use it (ASVS 4.4.2).
    if (authorization === undefined && !fromOwnPage(site, request)) return 403;
    const actor = await auth.identify({ cookie, authorization });
    if (actor === null) return 401;
    known.set(request, actor);
    return 200;
  };
  return { admit, actorOf: (request: IncomingMessage): Actor | undefined => known.get(request) };
}

/** The rooms of what somebody may read now; woken again when that changes by itself. */
async function roomsOf(actor: Actor, { access, auth }: Pick<LiveOptions, 'access' | 'auth'>): Promise<string[]> {
  const { workspaces, documents, denied, changesAt } = await access.reach(actor);
  access.lookAgain(actor.personId, changesAt);
  access.lookAgain(actor.personId, actor.until);
  // Asked anew, since what the handshake knew may have changed; who holds a limited token is of no installation.
  const role = actor.limits === undefined ? (await auth.people.byId(actor.personId))?.platformRole : undefined;
  const own = role === undefined || role === 'guest' ? [] : [MEMBERS, ...[...workspaces.keys()].map(staff)];
  const office = role === 'administrator' || role === 'secretariat' ? [OFFICE] : [];
  return [
    ...own,
    ...office,
    ...[...workspaces.keys()].map(workspace),
    ...[...documents.keys()].map(single),
    ...[...denied].map(without),
  ];
}

/** Puts a socket into the rooms of what its person may read now, and out of all others; whether that changed any. */
async function rejoin(socket: LiveSocket, options: Pick<LiveOptions, 'access' | 'auth'>): Promise<boolean> {
  const before = [...socket.rooms].filter((room) => BY_RIGHT.test(room));
  const wanted = new Set(await roomsOf(socket.data.actor, options));
  // Out before in: who is kept from a document must not hear of it in between.
  const hidden = [...wanted].filter((room) => room.startsWith('without:'));
  await socket.join(hidden);
  for (const room of before) if (!wanted.has(room)) await socket.leave(room);
  await socket.join([...wanted]);
  return before.length !== wanted.size || before.some((room) => !wanted.has(room));
}

const matches = (actor: Actor, match: EndMatch): boolean =>
  (match.personId === undefined || actor.personId === match.personId) &&
  (match.credentialId === undefined || actor.credentialId === match.credentialId);

const cut = (socket: LiveSocket): void => {
  socket.emit('session.ended', {});
  socket.disconnect(true);
};

/** What this instance does with its own sockets. */
function local(io: LiveServer, { access, auth, bus, log }: LiveOptions) {
  const all = (): LiveSocket[] => [...io.of('/').sockets.values()];
  const end = (match: EndMatch): void => {
    if (match.personId === undefined && match.credentialId === undefined) return;
    for (const socket of all()) if (matches(socket.data.actor, match)) cut(socket);
  };
  const concerns = (match: AccessChange): ((socket: LiveSocket) => boolean) => {
    const people = new Set([...(match.personIds ?? []), ...(match.personId === undefined ? [] : [match.personId])]);
    if (match.personId !== undefined || match.personIds !== undefined)
      return (socket) => people.has(socket.data.actor.personId);
    if (match.documentId !== undefined) {
      const rooms = [single(match.documentId), without(match.documentId)];
      return (socket) => rooms.some((room) => socket.rooms.has(room));
    }
    const { workspaceId } = match;
    return (socket) => workspaceId === undefined || socket.rooms.has(workspace(workspaceId));
  };
  /** Ends the socket of a session that has ended; else puts it where its person may be now. */
  const judge = async (socket: LiveSocket): Promise<'ended' | 'moved' | 'same'> => {
    const { credentialId, personId } = socket.data.actor;
    if (!(await auth.stillGood(credentialId, personId))) {
      cut(socket);
      return 'ended';
    }
    return (await rejoin(socket, { access, auth })) ? 'moved' : 'same';
  };
  const rightsChanged = async (match: AccessChange): Promise<void> => {
    const event = match.workspaceId === undefined ? {} : { workspaceId: match.workspaceId };
    await Promise.all(
      all()
        .filter(concerns(match))
        .map(async (socket) => {
          if ((await judge(socket)) !== 'ended') socket.emit('access.changed', event);
        }),
    );
  };
  let round = 0;
  /** Ends what ended without anybody saying so: expired sessions, and all that other instances could not tell. */
  const recheck = async (): Promise<void> => {
    round += 1;
    if (bus.isReady() && round % ROUNDS !== 0) return;
    for (const socket of all()) if ((await judge(socket)) === 'moved') socket.emit('access.changed', {});
  };
  const timer = setInterval(() => {
    recheck().catch((error: unknown) => log.warn({ err: error }, 'live events: sessions could not be rechecked'));
  }, ALONE_MS);
  timer.unref();
  return { end, judge, rightsChanged, stop: () => clearInterval(timer) };
}

type Welcome = LiveOptions & {
  readonly actorOf: (request: IncomingMessage) => Actor | undefined;
  readonly judge: (socket: LiveSocket) => Promise<unknown>;
};

/** Lets sockets in, one person each, and keeps them quiet. */
function welcome(io: LiveServer, { actorOf, judge, ...options }: Welcome): void {
  io.use(async (socket, next) => {
    const actor = actorOf(socket.request);
    if (actor === undefined) return next(new Error('no-session'));
    socket.data.actor = actor;
    const open = io.of('/').adapter.rooms.get(person(actor.personId))?.size ?? 0;
    if (options.config.rateLimits && open >= MAX_SOCKETS_PER_PERSON) return next(new Error('full'));
    try {
      // Counted before anything is asked: whoever comes by the hundred must not all be the first.
      await socket.join(person(actor.personId));
      await socket.join(await roomsOf(actor, options));
      next();
    } catch (error) {
      options.log.error({ err: error }, 'live events: a socket could not be let in');
      next(new Error('unavailable'));
    }
  });
  io.on('connection', (socket) => {
    let packets = 0;
    socket.use(() => {
      // Never handed on: nothing listens, and who insists is a program that is not ours.
      packets += 1;
      if (packets > MAX_CLIENT_PACKETS) socket.disconnect(true);
    });
    // What ended or changed between the handshake and the connection, which the client may delay, is seen by a second look.
    judge(socket).catch((error: unknown) => {
      options.log.warn({ err: error }, 'live events: rooms could not be read');
      socket.disconnect(true);
    });
  });
}

/** Socket.IO at `/socket.io`. */
export async function createLive(options: LiveOptions): Promise<Live> {
  const { admit, actorOf } = gatekeeper(options);
  const server = new Server({
    path: '/socket.io',
    serveClient: false,
    maxHttpBufferSize: 64 * 1024,
    connectTimeout: CONNECT_MS,
    destroyUpgrade: false,
    cors: undefined,
    allowRequest: (request, decide) => {
      // An upgrade has been judged before it came here.
      if (actorOf(request) !== undefined) return decide(null, true);
      admit(request).then(
        (status) => decide(status === 200 ? null : REFUSALS[status], status === 200),
        (error: unknown) => {
          options.log.error({ err: error }, 'live events: a handshake failed');
          decide('unavailable', false);
        },
      );
    },
  });
  const io: LiveServer = server;
  const { bus } = options;
  if (bus.adapter) io.adapter(bus.adapter);
  const here = local(io, options);
  const documentOf = (event: object): string | undefined =>
    'documentId' in event && typeof event.documentId === 'string' ? event.documentId : undefined;
  /** Those who may hear of something in a workspace: of a document, also who may read it alone, and not who is kept from it. */
  const audience = (workspaceId: string, event: object) => {
    const documentId = documentOf(event);
    return documentId === undefined
      ? io.to(workspace(workspaceId))
      : io.to([workspace(workspaceId), single(documentId)]).except(without(documentId));
  };
  /** The same among its staff, which nobody is through a document alone. */
  const staffAudience = (workspaceId: string, event: object) => {
    const documentId = documentOf(event);
    const everybody = io.to(staff(workspaceId));
    return documentId === undefined ? everybody : everybody.except(without(documentId));
  };
  welcome(io, { ...options, actorOf, judge: here.judge });
  return {
    toWorkspace: (id, name, event) => {
      audience(id, event).emit(name, ...([event] as Parameters<ServerEvents[typeof name]>));
    },
    toStaff: (id, name, event) => {
      staffAudience(id, event).emit(name, ...([event] as Parameters<ServerEvents[typeof name]>));
    },
    toMembers: (name, event) => {
      io.to(MEMBERS).emit(name, ...([event] as Parameters<ServerEvents[typeof name]>));
    },
    toBody: ({ personIds, members }, name, event) => {
      io.to([OFFICE, ...(members ? [MEMBERS] : []), ...personIds.map(person)]).emit(
        name,
        ...([event] as Parameters<ServerEvents[typeof name]>),
      );
    },
    toPerson: (id, name, event) => {
      io.to(person(id)).emit(name, ...([event] as Parameters<ServerEvents[typeof name]>));
    },
    rightsChanged: here.rightsChanged,
    end: here.end,
    attach: (server) => {
      const before = new Set(server.listeners('upgrade'));
      io.attach(server);
      if (options.config.rateLimits) boundConnections(io.engine, actorOf);
      // Upgrades come through `handleUpgrade`, which can answer 401 and 403 where the library knows only 400.
      for (const listener of server.listeners('upgrade'))
        if (!before.has(listener)) server.off('upgrade', listener as (...args: unknown[]) => void);
    },
    handleUpgrade: (request, socket, head) => {
      if (!/^\/socket\.io\/?(\?|$)/.test(request.url ?? '')) return false;
      admit(request).then(
        (status) => {
          if (status !== 200) return refuseUpgrade(socket, status);
          const engine: { handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void } = io.engine;
          engine.handleUpgrade(request, socket, head);
        },
        (error: unknown) => {
          options.log.error({ err: error }, 'live events: an upgrade failed');
          socket.destroy();
        },
      );
      return true;
    },
    namespace: (name) => server.of(name),
    isReady: bus.isReady,
    sockets: () => io.of('/').sockets.size,
    stop: async (others) => {
      here.stop();
      for (const socket of io.of('/').sockets.values()) socket.conn.close(true);
      await Promise.allSettled([others]);
      // Ended as by a network that breaks: clients come back by themselves, each after a time of its own. Only those of
      // this instance.
      io.engine?.close();
    },
  };
}
