import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { z } from 'zod';
import type { Log } from '../log.ts';
import { aloneBus, type Bus, type BusListener, type BusMessages } from './bus.ts';
import { createChannels } from './channels.ts';

/** How long the bus may take to answer at start. */
const REDIS_TIMEOUT_MS = 5_000;
/** How often an instance listens for itself, so that it notices a way that is open and leads nowhere. */
const BEAT_MS = 1_000;
/** After this long without hearing itself, an instance takes the others to be out of reach. */
const SILENCE_MS = 4_000;

export type BusOptions = {
  readonly redisUrl?: string | undefined;
  /** Instances of one installation share it: the name of the database. */
  readonly name: string;
  readonly log: Log;
};

type Client = {
  readonly isReady: boolean;
  readonly isOpen: boolean;
  connect(): Promise<unknown>;
  destroy(): void;
};

const Ids = z.object({
  personId: z.string().optional(),
  personIds: z.array(z.string()).optional(),
  workspaceId: z.string().optional(),
  documentId: z.string().optional(),
  credentialId: z.string().optional(),
});
const from = z.string();
const Wire = z.discriminatedUnion('name', [
  z.object({ from, name: z.literal('beat') }),
  z.object({ from, name: z.enum(['access.changed', 'auth.ended']), message: Ids }),
  z.object({
    from,
    name: z.literal('search.changed'),
    message: z.object({ source: z.string(), ids: z.array(z.string()) }),
  }),
]);

/** What came over the wire, or null for what is not ours: other programs may use the same Redis. */
function read(text: string): z.infer<typeof Wire> | null {
  try {
    return Wire.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

type Hears = (message: Buffer, channel: Buffer) => void;

/** As much of both clients as Socket.IO's adapter uses. */
type Publisher = Client & Heard & { publish(channel: string, message: string | Buffer): Promise<unknown> };
type Subscriber = Client &
  Heard & {
    subscribe(channel: string | string[], listener: Hears, buffers: true): Promise<unknown>;
    pSubscribe(pattern: string | string[], listener: Hears, buffers: true): Promise<unknown>;
    unsubscribe(channel: string | string[], listener: Hears, buffers: true): Promise<unknown>;
    pUnsubscribe(pattern: string | string[], listener: Hears, buffers: true): Promise<unknown>;
  };
type Heard = {
  on(event: 'error', listener: (error: unknown) => void): unknown;
  off(event: 'error', listener: (error: unknown) => void): unknown;
};

/**
 * The clients as Socket.IO's adapter may have them: it waits for nothing it asks of them, so that each command that a
 * broken way leaves behind would end the process as an error that nobody caught.
 */
function forAdapter(publisher: Publisher, subscriber: Subscriber, log: Log) {
  const quietly = (work: Promise<unknown>): void => {
    work.catch((error: unknown) => log.debug({ err: error }, 'live events did not reach the bus'));
  };
  const heard = (client: Heard) => ({
    on: (event: 'error', listener: (error: unknown) => void) => client.on(event, listener),
    off: (event: 'error', listener: (error: unknown) => void) => client.off(event, listener),
  });
  const asked =
    (name: 'subscribe' | 'pSubscribe' | 'unsubscribe' | 'pUnsubscribe') =>
    (channel: string | string[], listener: Hears): void => {
      if (subscriber.isOpen) quietly(subscriber[name](channel, listener, true));
    };
  const publishing = {
    ...heard(publisher),
    // By this name the adapter knows which library it works with.
    pSubscribe: asked('pSubscribe'),
    publish: (channel: string, message: string | Buffer): void => {
      if (publisher.isReady) quietly(publisher.publish(channel, message));
    },
  };
  const subscribing = {
    ...heard(subscriber),
    subscribe: asked('subscribe'),
    pSubscribe: asked('pSubscribe'),
    unsubscribe: asked('unsubscribe'),
    pUnsubscribe: asked('pUnsubscribe'),
  };
  return { publishing, subscribing };
}

/** Connects both clients. @throws when Redis cannot be reached at start; later it may come and go. */
async function connect(clients: readonly Client[]): Promise<void> {
  const connected = Promise.all(clients.map((client) => client.connect()));
  await Promise.race([connected, once(AbortSignal.timeout(REDIS_TIMEOUT_MS), 'abort')]);
  if (clients.every((client) => client.isReady)) return;
  // The failure is told below, once; what the clients still say about it is the same.
  connected.catch(() => undefined);
  for (const client of clients) if (client.isOpen) client.destroy();
  throw new Error('the bus at REDIS_URL cannot be reached');
}

/** Notices that the way is broken and that it is whole again, by hearing one's own voice. */
function watchWay(log: Log, shout: () => void) {
  const returned: (() => Promise<void>)[] = [];
  let heardAt = performance.now();
  let away = false;
  const lost = (): void => {
    if (away) return;
    away = true;
    log.warn({}, 'the bus is out of reach: rights on open sockets are looked up every few seconds until it is back');
  };
  const timer = setInterval(() => {
    if (performance.now() - heardAt > SILENCE_MS) lost();
    shout();
  }, BEAT_MS);
  timer.unref();
  return {
    lost,
    heard: (): void => {
      heardAt = performance.now();
      if (!away) return;
      away = false;
      log.info({}, 'the bus is back');
      for (const listener of returned)
        listener().catch((error: unknown) => log.warn({ err: error }, 'rights could not be looked up after a break'));
    },
    isReady: () => !away && performance.now() - heardAt <= SILENCE_MS,
    onReturn: (listener: () => Promise<void>) => {
      returned.push(listener);
    },
    stop: () => clearInterval(timer),
  };
}

type Listeners = { readonly [Name in keyof BusMessages]: BusListener<Name>[] };

async function connectBus(redisUrl: string, { name: installation, log }: BusOptions): Promise<Bus> {
  // A single instance, which most are, starts without reading them.
  const [{ createAdapter }, { createClient: create }] = await Promise.all([
    import('@socket.io/redis-adapter'),
    import('redis'),
  ]);
  const publisher = create({ url: redisUrl, socket: { connectTimeout: REDIS_TIMEOUT_MS } });
  const subscriber = publisher.duplicate();
  const clients = [publisher, subscriber];
  const me = randomUUID();
  const channel = `concert:${installation}`;
  const listeners: Listeners = { 'access.changed': [], 'auth.ended': [], 'search.changed': [] };
  const send = (name: z.infer<typeof Wire>['name'], message: object): void => {
    // What cannot leave now is not kept: after a break everybody looks for themself.
    if (!publisher.isReady) return;
    publisher.publish(channel, JSON.stringify({ from: me, name, message })).catch((error: unknown) => {
      log.warn({ err: error }, 'other instances could not be told');
    });
  };
  const way = watchWay(log, () => send('beat', {}));
  for (const client of clients)
    client.on('error', (error) => {
      way.lost();
      log.debug({ err: error }, 'the bus cannot be reached');
    });
  await connect(clients);
  const adapted = forAdapter(publisher, subscriber, log);
  const hear = <Name extends keyof BusMessages>(name: Name, message: BusMessages[Name]): void => {
    for (const listener of listeners[name])
      listener(message).catch((error: unknown) => log.warn({ err: error, name }, 'news of another instance'));
  };
  await subscriber.subscribe(channel, (text) => {
    const wire = read(text);
    if (wire === null) return;
    if (wire.from === me) return way.heard();
    if (wire.name === 'search.changed') hear(wire.name, wire.message);
    else if (wire.name !== 'beat') hear(wire.name, wire.message);
  });
  const isReady = () => way.isReady() && clients.every((client) => client.isReady);
  return {
    publish: send,
    on: (name, listener) => {
      listeners[name].push(listener);
    },
    onReturn: way.onReturn,
    isReady,
    adapter: createAdapter(adapted.publishing, adapted.subscribing, { key: `${channel}:live` }),
    documents: createChannels({
      publisher,
      subscriber,
      prefix: `${channel}:document:`,
      log,
      isReady,
      onReturn: way.onReturn,
    }),
    stop: async () => {
      way.stop();
      for (const client of [subscriber, publisher])
        if (client.isReady) await client.close();
        else if (client.isOpen) client.destroy();
    },
  };
}

/** The way to the other instances, over Redis; an instance without REDIS_URL is alone. */
export const createBus = async (options: BusOptions): Promise<Bus> =>
  options.redisUrl === undefined ? aloneBus : connectBus(options.redisUrl, options);
