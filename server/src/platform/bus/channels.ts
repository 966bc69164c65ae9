import type { PubSub } from '@concert/sync';
import type { Log } from '../log.ts';

type Hears = (message: Buffer, channel: Buffer) => void;
type Publisher = { publish(channel: string, message: Buffer): Promise<unknown> };
type Subscriber = {
  readonly isOpen: boolean;
  subscribe(channel: string, listener: Hears, buffers: true): Promise<unknown>;
  unsubscribe(channel: string, listener: Hears, buffers: true): Promise<unknown>;
};
type Channel = { readonly listeners: Set<(message: Uint8Array) => void>; readonly hears: Hears; heard: boolean };

export type ChannelsOptions = {
  readonly publisher: Publisher;
  readonly subscriber: Subscriber;
  /** What the names of all channels begin with. */
  readonly prefix: string;
  readonly log: Log;
  readonly isReady: () => boolean;
  readonly onReturn: (listener: () => Promise<void>) => void;
};

/**
 * Bytes by channel over Redis, at most once. Redis sends what is said on a channel to those alone who listen to it, so
 * that an instance hears nothing of documents that nobody has open there.
 */
export function createChannels({ publisher, subscriber, prefix, log, ...way }: ChannelsOptions): PubSub {
  const channels = new Map<string, Channel>();
  const returned = new Set<() => void>();
  const listen = (name: string, channel: Channel): void => {
    if (channel.heard || !subscriber.isOpen) return;
    channel.heard = true;
    // After a break the library listens again by itself to what it listened to; to what it had only asked for, we do.
    subscriber.subscribe(prefix + name, channel.hears, true).catch((error: unknown) => {
      channel.heard = false;
      log.debug({ err: error }, 'a document could not be listened to');
    });
  };
  const leave = (name: string, { hears, heard }: Channel): void => {
    channels.delete(name);
    if (!heard || !subscriber.isOpen) return;
    subscriber.unsubscribe(prefix + name, hears, true).catch((error: unknown) => {
      log.debug({ err: error }, 'a document is listened to in vain');
    });
  };
  way.onReturn(async () => {
    for (const [name, channel] of channels) listen(name, channel);
    for (const listener of returned) listener();
  });
  return {
    publish: (name, message) => {
      // What cannot leave now is not kept, nor heaped up before a Redis that is silent: the others read the database.
      if (!way.isReady()) return;
      const bytes = Buffer.from(message.buffer, message.byteOffset, message.byteLength);
      publisher.publish(prefix + name, bytes).catch((error: unknown) => {
        log.debug({ err: error }, 'other instances could not be told of a document');
      });
    },
    subscribe: (name, listener) => {
      let channel = channels.get(name);
      if (channel === undefined) {
        const listeners = new Set<(message: Uint8Array) => void>();
        const hears = (message: Buffer): void => {
          for (const hear of listeners) hear(message);
        };
        channel = { listeners, hears, heard: false };
        channels.set(name, channel);
        listen(name, channel);
      }
      const { listeners } = channel;
      const mine = channel;
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0 && channels.get(name) === mine) leave(name, mine);
      };
    },
    isReady: way.isReady,
    onReturn: (listener) => {
      returned.add(listener);
      return () => returned.delete(listener);
    },
  };
}
