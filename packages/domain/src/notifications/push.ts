import type { Reason } from './rules.ts';

/** The services by which browsers can be reached: where else an address leads, nothing is ever sent (SSRF). */
const SERVICES: readonly { readonly host: string; readonly below: boolean }[] = [
  { host: 'fcm.googleapis.com', below: false },
  { host: 'push.services.mozilla.com', below: true },
  { host: 'notify.windows.com', below: true },
  { host: 'push.apple.com', below: true },
];

const LONGEST = 1_000;

/** [N15] Whether an address is one of a push service; `others`: origins that this installation trusts beside them. */
export function isPushService(endpoint: string, others: readonly string[] = []): boolean {
  if (endpoint.length > LONGEST || !URL.canParse(endpoint)) return false;
  const { protocol, hostname, origin, port, username, password } = new URL(endpoint);
  if (username !== '' || password !== '') return false;
  if (others.includes(origin)) return true;
  if (protocol !== 'https:' || port !== '') return false;
  return SERVICES.some(({ host, below }) => (below ? hostname.endsWith(`.${host}`) : hostname === host));
}

/** [N14] What is worth a sign on somebody's screen: that they are meant, answered or replied to. */
const PUSHED: ReadonlySet<Reason> = new Set(['mentioned', 'answered', 'replied']);

/** [N14] */
export const isPushed = (reason: Reason): boolean => PUSHED.has(reason);

/** More browsers than anybody has. */
export const MOST_DEVICES = 10;
