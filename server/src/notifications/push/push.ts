import { createECDH } from 'node:crypto';
import { isPushService } from '@concert/domain/notifications/push.ts';
import type { Platform } from '../../platform/module.ts';
import type { DeviceStore, Subscription } from './devices.ts';

/** What a browser shows: no words of what was written, because screens are seen by others. */
export type PushNotice = {
  readonly title: string;
  readonly body: string;
  /** Where a click leads, relative to the site. */
  readonly path: string;
  /** The same for every delivery: a second one replaces the first. */
  readonly tag: string;
};

const CURVE = 'prime256v1';
const TIMEOUT_MS = 10_000;
/** How long a push service keeps what it cannot deliver. */
const TTL_SECONDS = 24 * 3600;
/** A topic has at most so many signs (RFC 8030 5.4). */
const TOPIC = 32;

/**
 * The keys by which push services know this installation (RFC 8292): they follow from its secret, which is made at the
 * first start, so that every instance has the same and none are stored.
 */
export function vapidKeys({ derive }: Pick<Platform['auth'], 'derive'>): { publicKey: string; privateKey: string } {
  const pair = createECDH(CURVE);
  const secret = Buffer.from(derive('web-push'), 'base64url').subarray(0, 32);
  pair.setPrivateKey(secret);
  return { publicKey: pair.getPublicKey().toString('base64url'), privateKey: secret.toString('base64url') };
}

/** Whether keys of a browser are such: a point of the curve, and 16 bytes (RFC 8291 2). */
export function areKeys({ p256dh, auth }: Subscription['keys']): boolean {
  try {
    const own = createECDH(CURVE);
    own.generateKeys();
    own.computeSecret(Buffer.from(p256dh, 'base64url'));
    return Buffer.from(auth, 'base64url').length === 16;
  } catch {
    return false;
  }
}

type Parts = {
  readonly platform: Pick<Platform, 'auth' | 'config' | 'directory' | 'log'>;
  readonly devices: DeviceStore;
};

/** A push service did not take a message, and may do so later. */
class NotTaken extends Error {
  override readonly name = 'NotTaken';
}

/** Sends to the browsers in which somebody has switched it on. */
export function createPush({ platform: { auth, config, directory, log }, devices }: Parts) {
  const keys = vapidKeys(auth);
  const contact = /<([^<>\s]+@[^<>\s]+)>/.exec(config.mailFrom)?.[1] ?? 'concert@localhost';
  const vapidDetails = { subject: `mailto:${contact}`, ...keys };

  /** False when the browser is there no more. @throws NotTaken */
  const sendTo = async (subscription: Subscription, notice: PushNotice): Promise<boolean> => {
    // Once more: what was trusted when it was kept may not be any more.
    if (!isPushService(subscription.endpoint, config.pushServices)) return false;
    // Read when the first message goes out: most installations start without anybody to push to.
    const { default: webPush } = await import('web-push');
    const details = webPush.generateRequestDetails(
      { endpoint: subscription.endpoint, keys: { ...subscription.keys } },
      JSON.stringify(notice),
      { vapidDetails, TTL: TTL_SECONDS, topic: notice.tag.slice(0, TOPIC), contentEncoding: 'aes128gcm' },
    );
    const answer = await fetch(details.endpoint, {
      method: 'POST',
      headers: details.headers as Record<string, string>,
      body: new Uint8Array(details.body ?? []),
      // Where a service leads on to is no push service.
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    await answer.body?.cancel();
    if (answer.status === 404 || answer.status === 410) return false;
    if (answer.status === 429 || answer.status >= 500) throw new NotTaken(`a push service answered ${answer.status}`);
    if (!answer.ok) log.warn({ status: answer.status }, 'a push service refused a message');
    return true;
  };

  return {
    publicKey: keys.publicKey,
    /** [N14] To every browser whose session goes on. @throws when one may be reached later */
    send: async (personId: string, notice: PushNotice): Promise<void> => {
      const [own, sessions] = await Promise.all([devices.of(personId), directory.sessions(personId)]);
      const open = new Set(sessions.map(({ id }) => id));
      const sent = await Promise.allSettled(
        own.map(async ({ endpoint, keys: theirs, sessionId }) => {
          const there = open.has(sessionId) && (await sendTo({ endpoint, keys: theirs }, notice));
          if (!there) await devices.remove(personId, endpoint);
        }),
      );
      const failed = sent.find((one) => one.status === 'rejected');
      if (failed !== undefined) throw failed.reason;
    },
  };
}
export type Push = ReturnType<typeof createPush>;
