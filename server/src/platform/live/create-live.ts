import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Actor, ClientEvents, ServerEvents } from '@concert/contract';
import { Server, type Socket } from 'socket.io';
import type { Access } from '../access/access.ts';
import type { Auth } from '../auth/auth.ts';
import type { Config } from '../config.ts';
import type { Site } from '../http/site.ts';
import type { Log } from '../log.ts';
import type { Live } from './live.ts';

/** Sockets of one person on one instance; a browser opens one per tab. */
const MAX_SOCKETS_PER_PERSON = 60;
/** Clients have nothing to say here: one that talks more than this is cut off. */
const MAX_CLIENT_PACKETS = 20;
/** How often sessions and memberships that end by themselves are looked for. */
const RECHECK_MS = 15_000;
/** How long the bus may take to answer at start. */
const REDIS_TIMEOUT_MS = 5_000;

type Match = { personId?: string; workspaceId?: string };
type EndMatch = { personId?: string; credentialId?: string };
/** What instances tell each other. */
type InterServerEvents = { rightsChanged: (match: Match) => void; end: (match: EndMatch) => void };
type SocketData = { actor: Actor };
type LiveServer = Server<ClientEvents, ServerEvents, InterServerEvents, SocketData>;
type LiveSocket = Socket<ClientEvents, ServerEvents, InterServerEvents, SocketData>;

export type LiveOptions = {
  readonly config: Config;
  readonly site: Site;
  readonly log: Log;
  readonly access: Access;
  readonly auth: Auth;
};

const person = (id: string) => `person:${id}`;
const workspace = (id: string) => `workspace:${id}`;

const REFUSALS = { 401: 'Unauthorized', 403: 'Forbidden', 404: 'Not Found' } as const;

const refuse = (socket: Duplex, status: keyof typeof REFUSALS): void => {
  socket.end(`HTTP/1.1 ${status} ${REFUSALS[status]}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
};

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

/** Puts a socket into the rooms of the workspaces its person may read now, and out of all others. */
async function rejoin(socket: LiveSocket, access: Access): Promise<void> {
  const readable = await access.workspacesOf(socket.data.actor.personId);
  const wanted = new Set([...readable.keys()].map(workspace));
  for (const room of [...socket.rooms])
    if (room.startsWith('workspace:') && !wanted.has(room)) await socket.leave(room);
  await socket.join([...wanted]);
}

/** The way to the other instances. */
type LiveBus = { readonly isReady: () => boolean; readonly stop: () => Promise<void> };

/** Joins the instances through Redis. @throws when it cannot be reached at start; later it may come and go. */
async function connectRedis(io: LiveServer, url: string, log: Log): Promise<LiveBus> {
  // A single instance, which most are, starts without reading them.
  const [{ createAdapter }, { createClient }] = await Promise.all([
    import('@socket.io/redis-adapter'),
    import('redis'),
  ]);
  const publisher = createClient({ url, socket: { connectTimeout: REDIS_TIMEOUT_MS } });
  const subscriber = publisher.duplicate();
  const clients = [publisher, subscriber];
  for (const client of clients)
    client.on('error', (error) => log.warn({ err: error }, 'live events: the bus cannot be reached'));
  const connected = Promise.all(clients.map((client) => client.connect()));
  const late = AbortSignal.timeout(REDIS_TIMEOUT_MS);
  await Promise.race([connected, once(late, 'abort')]);
  if (!clients.every((client) => client.isReady)) {
    // The failure is told below, once; what the clients still say about it is the same.
    connected.catch(() => undefined);
    for (const client of clients) if (client.isOpen) client.destroy();
    throw new Error('the bus at REDIS_URL cannot be reached');
  }
  io.adapter(createAdapter(publisher, subscriber));
  return {
    isReady: () => clients.every((client) => client.isReady),
    stop: async () => {
      // A client that is away has commands of the adapter waiting; the end of the process takes them along.
      for (const client of [subscriber, publisher]) if (client.isReady) await client.close();
    },
  };
}

const matches = (actor: Actor, match: EndMatch): boolean =>
  (match.personId === undefined || actor.personId === match.personId) &&
  (match.credentialId === undefined || actor.credentialId === match.credentialId);

const cut = (socket: LiveSocket): void => {
  socket.emit('session.ended', {});
  socket.disconnect(true);
};

/** What this instance does with its own sockets. */
function local(io: LiveServer, { access, auth, log }: LiveOptions) {
  const all = (): LiveSocket[] => [...io.of('/').sockets.values()];
  const end = (match: EndMatch): void => {
    if (match.personId === undefined && match.credentialId === undefined) return;
    for (const socket of all()) if (matches(socket.data.actor, match)) cut(socket);
  };
  const rightsChanged = async (match: Match): Promise<void> => {
    const concerned = all().filter(
      (socket) =>
        (match.personId === undefined || socket.data.actor.personId === match.personId) &&
        (match.personId !== undefined ||
          match.workspaceId === undefined ||
          socket.rooms.has(workspace(match.workspaceId))),
    );
    const event = match.workspaceId === undefined ? {} : { workspaceId: match.workspaceId };
    await Promise.all(
      concerned.map(async (socket) => {
        await rejoin(socket, access);
        socket.emit('access.changed', event);
      }),
    );
  };
  /** Ends what ended without anybody saying so: expired sessions, removed accounts, memberships with an end. */
  const recheck = async (): Promise<void> => {
    for (const socket of all()) {
      const { credentialId, personId } = socket.data.actor;
      if (await auth.stillGood(credentialId, personId)) await rejoin(socket, access);
      else cut(socket);
    }
  };
  const timer = setInterval(() => {
    recheck().catch((error: unknown) => log.warn({ err: error }, 'live events: sessions could not be rechecked'));
  }, RECHECK_MS);
  timer.unref();
  return { end, rightsChanged, stop: () => clearInterval(timer) };
}

/** Lets sockets in, one person each, and keeps them quiet. */
function welcome(io: LiveServer, actorOf: (request: IncomingMessage) => Actor | undefined, options: LiveOptions): void {
  io.use(async (socket, next) => {
    const actor = actorOf(socket.request);
    if (actor === undefined) return next(new Error('no-session'));
    socket.data.actor = actor;
    const open = io.of('/').adapter.rooms.get(person(actor.personId))?.size ?? 0;
    if (options.config.rateLimits && open >= MAX_SOCKETS_PER_PERSON) return next(new Error('full'));
    try {
      const readable = await options.access.workspacesOf(actor.personId);
      await socket.join([person(actor.personId), ...[...readable.keys()].map(workspace)]);
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
    // What changed between the first look at the rights and the connection is seen by a second one.
    rejoin(socket, options.access).catch((error: unknown) => {
      options.log.warn({ err: error }, 'live events: rooms could not be read');
      socket.disconnect(true);
    });
  });
}

/** Socket.IO at `/socket.io`. */
export async function createLive(options: LiveOptions): Promise<Live> {
  const { admit, actorOf } = gatekeeper(options);
  const io: LiveServer = new Server({
    path: '/socket.io',
    serveClient: false,
    maxHttpBufferSize: 64 * 1024,
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
  const { redisUrl } = options.config;
  const bus = redisUrl === undefined ? undefined : await connectRedis(io, redisUrl, options.log);
  const here = local(io, options);
  const tell = <Name extends keyof InterServerEvents>(
    name: Name,
    match: Parameters<InterServerEvents[Name]>[0],
  ): void => {
    if (bus) io.serverSideEmit<keyof InterServerEvents>(name, match);
  };
  io.on('rightsChanged', (match) => {
    here.rightsChanged(match).catch((error: unknown) => options.log.warn({ err: error }, 'live events: rights'));
  });
  io.on('end', here.end);
  welcome(io, actorOf, options);
  return {
    toWorkspace: (id, name, event) => {
      io.to(workspace(id)).emit(name, ...([event] as Parameters<ServerEvents[typeof name]>));
    },
    toPerson: (id, name, event) => {
      io.to(person(id)).emit(name, ...([event] as Parameters<ServerEvents[typeof name]>));
    },
    rightsChanged: async (match) => {
      tell('rightsChanged', match);
      await here.rightsChanged(match);
    },
    end: (match) => {
      tell('end', match);
      here.end(match);
    },
    attach: (server) => {
      const before = new Set(server.listeners('upgrade'));
      io.attach(server);
      // Upgrades come through `handleUpgrade`, which can answer 401 and 403 where the library knows only 400.
      for (const listener of server.listeners('upgrade'))
        if (!before.has(listener)) server.off('upgrade', listener as (...args: unknown[]) => void);
    },
    handleUpgrade: (request, socket, head) => {
      if (!/^\/socket\.io\/?(\?|$)/.test(request.url ?? '')) return false;
      admit(request).then(
        (status) => {
          if (status !== 200) return refuse(socket, status);
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
    isReady: () => bus?.isReady() ?? true,
    sockets: () => io.of('/').sockets.size,
    stop: async () => {
      here.stop();
      // Ended as by a network that breaks: clients come back by themselves, each after a time of its own. Only those of
      // this instance.
      io.engine?.close();
      await bus?.stop();
    },
  };
}
