/**
 * Close codes of `/sync/{documentId}`. The stock y-websocket client takes 4400–4499 as final and retries on
 * everything else, so the number itself decides whether a browser comes back.
 */
export const CLOSE = {
  restarting: 1012,
  accessChanged: 4205,
  tooSlow: 4208,
  tooFast: 4229,
  noSession: 4401,
  noRight: 4403,
  noDocument: 4404,
  tooBig: 4413,
  badUpdate: 4422,
  clientTooOld: 4426,
  full: 4503,
} as const;

/** The editor schema this version of the product writes. A client with an older one reads only. */
export const EDITOR_SCHEMA = 3;
