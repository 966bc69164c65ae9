import { z } from 'zod';

/** Where meetings can have rooms for voice and video: what is needed to sign links into them. */
export type VideoProviders = {
  readonly jitsi?: { readonly url: string; readonly appId: string; readonly secret: string };
  readonly bbb?: { readonly url: string; readonly secret: string };
  readonly livekit?: {
    readonly url: string;
    /** The page that shows a room. */
    readonly page: string;
    readonly key: string;
    readonly secret: string;
  };
};

/** Browsers give camera and microphone to encrypted pages alone, and to those of this machine. */
const LOCAL = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

const addressOf = (safe: string, plain: string) =>
  z
    .string()
    .max(300)
    .refine((value) => {
      if (!URL.canParse(value)) return false;
      const { protocol, hostname, username, search, hash } = new URL(value);
      const bare = username === '' && search === '' && hash === '';
      return bare && (protocol === safe || (protocol === plain && LOCAL.test(hostname)));
    }, `must be an address starting with ${safe}//, without user, query and fragment`);

const name = z.string().regex(/^[\w.-]{1,100}$/, 'must be letters, digits, dots, dashes and underscores');
const secret = z.string().min(16, 'must have at least 16 characters').max(500);

/** The settings of providers, as they stand in the environment. */
export const VIDEO_SETTINGS = {
  JITSI_URL: addressOf('https:', 'http:').optional(),
  JITSI_APP_ID: name.optional(),
  JITSI_SECRET: secret.optional(),
  BBB_URL: addressOf('https:', 'http:').optional(),
  BBB_SECRET: secret.optional(),
  LIVEKIT_URL: addressOf('wss:', 'ws:').optional(),
  LIVEKIT_PAGE: addressOf('https:', 'http:').optional(),
  LIVEKIT_API_KEY: name.optional(),
  LIVEKIT_API_SECRET: secret.optional(),
};

type Given = { readonly [Name in keyof typeof VIDEO_SETTINGS]?: string | undefined };

/** What only works together. */
const GROUPS: readonly (readonly (keyof Given)[])[] = [
  ['JITSI_URL', 'JITSI_APP_ID', 'JITSI_SECRET'],
  ['BBB_URL', 'BBB_SECRET'],
  ['LIVEKIT_URL', 'LIVEKIT_PAGE', 'LIVEKIT_API_KEY', 'LIVEKIT_API_SECRET'],
];

/** What is missing beside what is set, in one line. */
export function faultOfVideo(given: Given): string | undefined {
  for (const group of GROUPS) {
    const set = group.find((one) => given[one] !== undefined);
    const missing = group.find((one) => given[one] === undefined);
    if (set !== undefined && missing !== undefined) return `${missing} must be set where ${set} is`;
  }
  return undefined;
}

const bare = (url: string): string => url.replace(/\/+$/, '');

/** The providers of complete settings. */
export function videoProviders(given: Given): VideoProviders {
  const { JITSI_URL, JITSI_APP_ID, JITSI_SECRET, BBB_URL, BBB_SECRET } = given;
  const { LIVEKIT_URL, LIVEKIT_PAGE, LIVEKIT_API_KEY, LIVEKIT_API_SECRET } = given;
  return {
    ...(JITSI_URL && JITSI_APP_ID && JITSI_SECRET
      ? { jitsi: { url: bare(JITSI_URL), appId: JITSI_APP_ID, secret: JITSI_SECRET } }
      : {}),
    ...(BBB_URL && BBB_SECRET ? { bbb: { url: bare(BBB_URL), secret: BBB_SECRET } } : {}),
    ...(LIVEKIT_URL && LIVEKIT_PAGE && LIVEKIT_API_KEY && LIVEKIT_API_SECRET
      ? {
          livekit: {
            ...{ url: bare(LIVEKIT_URL), page: bare(LIVEKIT_PAGE) },
            ...{ key: LIVEKIT_API_KEY, secret: LIVEKIT_API_SECRET },
          },
        }
      : {}),
  };
}

/** Whose pages may be shown inside ours, and given camera and microphone: these origins and no other. */
export function framedOrigins({ jitsi, bbb, livekit }: VideoProviders): readonly string[] {
  const pages = [jitsi?.url, bbb?.url, livekit?.page].filter((url) => url !== undefined);
  return [...new Set(pages.map((url) => new URL(url).origin))];
}
