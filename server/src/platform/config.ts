import { isIP } from 'node:net';
import { resolve } from 'node:path';
import { z } from 'zod';
import { faultOfVideo, VIDEO_SETTINGS, type VideoProviders, videoProviders } from './video.ts';

/** Everything that can be set from outside, checked once at start. */
export type Config = {
  readonly host: string;
  /** 0 means any free port. */
  readonly port: number;
  /** Absolute folder of the embedded database and of generated secrets. */
  readonly dataDir: string;
  /** Unset: the embedded database. */
  readonly mongodbUrl?: string;
  /** Unset: a single instance. */
  readonly redisUrl?: string;
  /** Asked for by DEMO; in a running app true only when the database is the demonstration's. */
  readonly demo: boolean;
  /** Origin under which people reach the site; unset only while bound to loopback. */
  readonly publicUrl?: string;
  /** Unset: generated into `dataDir` at the first start. */
  readonly authSecret?: string;
  readonly smtpUrl?: string;
  readonly mailFrom: string;
  readonly logLevel: string;
  /** False lifts connection and rate limits for load tests; the safety gate of the text always stays. */
  readonly rateLimits: boolean;
  /** Addresses or CIDR ranges whose X-Forwarded-For is believed. */
  readonly trustedProxies: readonly string[];
  /** Origins of push services beside those of the browsers. */
  readonly pushServices: readonly string[];
  /** Where meetings can have rooms for voice and video. */
  readonly video: VideoProviders;
  readonly metricsToken?: string;
  readonly production: boolean;
};

/** A setting that stops the start: its message is one line that says which and why. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

const flag = z.enum(['true', 'false', '1', '0', '']).transform((value) => value === 'true' || value === '1');
const tryUrl = (value: string): URL | null => {
  try {
    return new URL(value);
  } catch {
    return null;
  }
};

const urlOf = (...protocols: string[]) =>
  z.string().refine(
    (value) => {
      const parsed = tryUrl(value);
      return parsed !== null && protocols.includes(parsed.protocol);
    },
    `must be an address starting with ${protocols.map((protocol) => `${protocol}//`).join(' or ')}`,
  );

/** An IP address, or a range of them: `10.0.0.0/8`. A range of everybody would let clients choose their own address. */
const isRange = (item: string): boolean => {
  const [address = '', prefix, ...more] = item.split('/');
  const family = isIP(address);
  if (family === 0 || more.length > 0) return false;
  return prefix === undefined || (/^[1-9]\d{0,2}$/.test(prefix) && Number(prefix) <= (family === 6 ? 128 : 32));
};

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

const Environment = z.object({
  HOST: z.string().trim().min(1).default('127.0.0.1'),
  PORT: z
    .string()
    .regex(/^\d{1,5}$/, 'must be a number from 0 to 65535')
    .transform(Number)
    .refine((port) => port <= 65535, 'must be a number from 0 to 65535')
    .default(3000),
  DATA_DIR: z.string().min(1).default('./data'),
  MONGODB_URL: urlOf('mongodb:', 'mongodb+srv:').optional(),
  REDIS_URL: urlOf('redis:', 'rediss:').optional(),
  DEMO: flag.default(false),
  PUBLIC_URL: urlOf('http:', 'https:')
    .refine((value) => new URL(value).pathname === '/', 'must be an origin without a path')
    .optional(),
  AUTH_SECRET: z.string().min(32, 'must have at least 32 characters').optional(),
  SMTP_URL: urlOf('smtp:', 'smtps:').optional(),
  MAIL_FROM: z.string().min(3).max(200).default('Concert <concert@localhost>'),
  LOG_LEVEL: z.enum(LOG_LEVELS, `must be one of ${LOG_LEVELS.join(', ')}`).default('info'),
  RATE_LIMITS: z.enum(['on', 'off'], 'must be on or off').default('on'),
  TRUSTED_PROXIES: z
    .string()
    .default('')
    .transform((list) =>
      list
        .split(',')
        .map((item) => item.trim())
        .filter(Boolean),
    )
    .refine((list) => list.every(isRange), 'must be IP addresses or CIDR ranges, separated by commas'),
  PUSH_SERVICES: z
    .string()
    .default('')
    .transform((list) =>
      list
        .split(',')
        .map((item) => item.trim())
        .filter(Boolean),
    )
    .refine(
      (list) => list.every((item) => tryUrl(item)?.origin === item && /^https?:/.test(item)),
      'must be origins such as https://push.example.org, separated by commas',
    ),
  ...VIDEO_SETTINGS,
  METRICS_TOKEN: z.string().min(16, 'must have at least 16 characters').optional(),
  NODE_ENV: z.string().optional(),
});

type Given = z.infer<typeof Environment>;

/** The names of all settings. */
export const SETTINGS: readonly string[] = Object.keys(Environment.shape);

/** Words of examples and defaults: a secret with one of them was copied, not made. */
const COPIED = /change|default|example|secret|password|concert|replace|qwert/i;
/** 32 random characters repeat few of themselves. */
const LEAST_DIFFERENT = 12;

/** What must not be reached from other machines, or only under a name. */
function faultOfPlace({ HOST, DEMO, RATE_LIMITS, PUBLIC_URL }: Given): string | undefined {
  if (isLoopback(HOST)) return undefined;
  if (DEMO) return `DEMO is only for a server bound to loopback, not to ${HOST}`;
  if (RATE_LIMITS === 'off') return `RATE_LIMITS off is only for a server bound to loopback, not to ${HOST}`;
  if (PUBLIC_URL === undefined) return `PUBLIC_URL must be set when HOST is not loopback (it is ${HOST})`;
  return undefined;
}

/** What is fit for trying out, and not for people's work (ASVS 5.0 13.2, 13.4). */
function faultInProduction({ AUTH_SECRET, DEMO, RATE_LIMITS, LOG_LEVEL, PUBLIC_URL }: Given): string | undefined {
  if (AUTH_SECRET === undefined) return 'AUTH_SECRET must be set in production';
  if (COPIED.test(AUTH_SECRET) || new Set(AUTH_SECRET).size < LEAST_DIFFERENT)
    return 'AUTH_SECRET must be random in production: take the output of "openssl rand -base64 48"';
  if (DEMO) return 'DEMO is not for production: everybody knows its passwords';
  if (RATE_LIMITS === 'off') return 'RATE_LIMITS must be on in production';
  if (LOG_LEVEL === 'debug' || LOG_LEVEL === 'trace') return `LOG_LEVEL ${LOG_LEVEL} is not for production: take info`;
  if (PUBLIC_URL !== undefined) {
    const { protocol, hostname } = new URL(PUBLIC_URL);
    if (protocol !== 'https:' && !isLoopback(hostname.replace(/^\[|\]$/g, '')))
      return 'PUBLIC_URL must start with https:// in production: cookies and texts would travel readable';
  }
  return undefined;
}

/** Whether a bind address can be reached from this machine only. */
export const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);

/**
 * Reads the settings from environment variables; empty strings count as unset.
 * @throws ConfigError naming the variable and what it must be.
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''));
  const parsed = Environment.safeParse(given);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new ConfigError(`${String(issue?.path[0])} ${issue?.message ?? 'is not valid'}`);
  }
  const value = parsed.data;
  const production = value.NODE_ENV === 'production';
  const fault = faultOfPlace(value) ?? faultOfVideo(value) ?? (production ? faultInProduction(value) : undefined);
  if (fault !== undefined) throw new ConfigError(fault);
  return {
    host: value.HOST,
    port: value.PORT,
    dataDir: resolve(value.DATA_DIR),
    mongodbUrl: value.MONGODB_URL,
    redisUrl: value.REDIS_URL,
    demo: value.DEMO,
    publicUrl: value.PUBLIC_URL === undefined ? undefined : new URL(value.PUBLIC_URL).origin,
    authSecret: value.AUTH_SECRET,
    smtpUrl: value.SMTP_URL,
    mailFrom: value.MAIL_FROM,
    logLevel: value.LOG_LEVEL,
    rateLimits: value.RATE_LIMITS === 'on',
    trustedProxies: value.TRUSTED_PROXIES,
    pushServices: value.PUSH_SERVICES,
    video: videoProviders(value),
    metricsToken: value.METRICS_TOKEN,
    production,
  };
}
