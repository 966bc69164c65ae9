import { client } from '../platform/query.ts';

/** Whether this browser can be reached, may be, and is. */
export type PushHere = 'unsupported' | 'denied' | 'off' | 'on';

const WORKER = '/push-worker.js';

const isSupported = (): boolean =>
  'serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window && window.isSecureContext;

async function subscription(): Promise<PushSubscription | null> {
  const registration = await navigator.serviceWorker.getRegistration('/');
  return (await registration?.pushManager.getSubscription()) ?? null;
}

/** Tells the server of a browser; again after each sign-in, because messages end with the session (rule N14). */
async function tell(own: PushSubscription): Promise<void> {
  const { endpoint, keys } = own.toJSON();
  if (endpoint === undefined || keys?.p256dh === undefined || keys.auth === undefined)
    throw new TypeError('the browser names no keys');
  await client.notifications.push.add({ endpoint, keys: { p256dh: keys.p256dh, auth: keys.auth } });
}

export async function pushHere(): Promise<PushHere> {
  if (!isSupported()) return 'unsupported';
  if (Notification.permission === 'denied') return 'denied';
  return (await subscription()) === null ? 'off' : 'on';
}

const bytesOf = (base64url: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(base64url.replaceAll('-', '+').replaceAll('_', '/')), (sign) => sign.charCodeAt(0));

/** Asks the reader and the browser, and switches messages on here. */
export async function switchPushOn(): Promise<PushHere> {
  if ((await Notification.requestPermission()) !== 'granted') return pushHere();
  await navigator.serviceWorker.register(WORKER);
  const registration = await navigator.serviceWorker.ready;
  const { publicKey } = await client.notifications.push.get({});
  const made = await registration.pushManager.subscribe({
    userVisibleOnly: true,
    applicationServerKey: bytesOf(publicKey),
  });
  await tell(made);
  return 'on';
}

/** Switches messages off here. */
export async function switchPushOff(): Promise<PushHere> {
  const own = await subscription();
  if (own === null) return pushHere();
  await own.unsubscribe();
  await client.notifications.push.remove({ endpoint: own.endpoint });
  return 'off';
}

/** Whoever signs out here is told nothing here any more. */
export async function forgetPush(): Promise<void> {
  if (isSupported()) await (await subscription())?.unsubscribe();
}

/** Where messages are on, they stay on with a new session. */
export async function keepPush(): Promise<void> {
  const own = isSupported() && Notification.permission === 'granted' ? await subscription() : null;
  if (own !== null) await tell(own);
}
