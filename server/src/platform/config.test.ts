import { randomBytes } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { ConfigError, isLoopback, readConfig } from './config.ts';
import { framedOrigins } from './video.ts';

const RANDOM = 'Zq8vT1mXo5yL2kWc9bRn4sHd7fGj0pEa';
const JITSI = { JITSI_URL: 'https://meet.example.org', JITSI_APP_ID: 'concert', JITSI_SECRET: RANDOM };

describe('settings', () => {
  test('an empty environment is a working single machine', () => {
    expect(readConfig({})).toMatchObject({
      host: '127.0.0.1',
      port: 3000,
      demo: false,
      rateLimits: true,
      logLevel: 'info',
      trustedProxies: [],
      production: false,
    });
  });

  test.each([
    ['no secret', {}, 'AUTH_SECRET'],
    ['a short secret', { AUTH_SECRET: 'Zq8' }, 'AUTH_SECRET'],
    ['a secret from an example', { AUTH_SECRET: 'change-me-change-me-change-me-change-me' }, 'AUTH_SECRET'],
    ['a secret that says what it is', { AUTH_SECRET: 'a secret of the tests that is long enough' }, 'AUTH_SECRET'],
    ['a secret of one letter', { AUTH_SECRET: 'x'.repeat(64) }, 'AUTH_SECRET'],
    ['the demonstration', { AUTH_SECRET: RANDOM, DEMO: 'true' }, 'DEMO'],
    ['no limits', { AUTH_SECRET: RANDOM, RATE_LIMITS: 'off' }, 'RATE_LIMITS'],
    ['a talkative log', { AUTH_SECRET: RANDOM, LOG_LEVEL: 'debug' }, 'LOG_LEVEL'],
    ['a bind to everybody without a name', { AUTH_SECRET: RANDOM, HOST: '0.0.0.0' }, 'PUBLIC_URL'],
    [
      'a public address without encryption',
      { AUTH_SECRET: RANDOM, PUBLIC_URL: 'http://concert.example.org' },
      'PUBLIC_URL',
    ],
  ])('[check 65] production does not start with %s', (_what, env, name) => {
    expect(() => readConfig({ NODE_ENV: 'production', ...env })).toThrow(new RegExp(`^${name} `));
  });

  test('[check 65] production starts with a random secret, on loopback or under a public address', () => {
    const env = { NODE_ENV: 'production', AUTH_SECRET: RANDOM };
    for (const more of [
      {},
      { HOST: '0.0.0.0', PUBLIC_URL: 'https://concert.example.org' },
      { PUBLIC_URL: 'http://localhost:3000' },
    ])
      expect(readConfig({ ...env, ...more }).production).toBe(true);
    for (let n = 0; n < 200; n += 1)
      expect(readConfig({ ...env, AUTH_SECRET: randomBytes(48).toString('hex') }).production).toBe(true);
  });

  test('an empty variable counts as unset', () => {
    expect(readConfig({ PORT: '', MONGODB_URL: '', SMTP_URL: '' })).toMatchObject({
      port: 3000,
      mongodbUrl: undefined,
    });
  });

  test.each([
    [{ PORT: '70000' }, 'PORT'],
    [{ PORT: 'http' }, 'PORT'],
    [{ PORT: '-1' }, 'PORT'],
    [{ MONGODB_URL: 'postgres://x' }, 'MONGODB_URL'],
    [{ REDIS_URL: 'localhost' }, 'REDIS_URL'],
    [{ DEMO: 'perhaps' }, 'DEMO'],
    [{ DEMO: 'true', HOST: '0.0.0.0', PUBLIC_URL: 'https://concert.example.org' }, 'DEMO'],
    [{ RATE_LIMITS: 'none' }, 'RATE_LIMITS'],
    [{ RATE_LIMITS: 'off', HOST: '10.0.0.1', PUBLIC_URL: 'https://concert.example.org' }, 'RATE_LIMITS'],
    [{ HOST: '0.0.0.0' }, 'PUBLIC_URL'],
    [{ PUBLIC_URL: 'https://concert.example.org/app' }, 'PUBLIC_URL'],
    [{ PUBLIC_URL: 'javascript:alert(1)' }, 'PUBLIC_URL'],
    [{ AUTH_SECRET: 'short' }, 'AUTH_SECRET'],
    [{ NODE_ENV: 'production' }, 'AUTH_SECRET'],
    [{ SMTP_URL: 'mail.example.org' }, 'SMTP_URL'],
    [{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL'],
    [{ PUSH_SERVICES: 'push.example.org' }, 'PUSH_SERVICES'],
    [{ PUSH_SERVICES: 'https://push.example.org/path' }, 'PUSH_SERVICES'],
    [{ PUSH_SERVICES: 'file:///etc' }, 'PUSH_SERVICES'],
    [{ TRUSTED_PROXIES: '10.0.0.0/8, everybody' }, 'TRUSTED_PROXIES'],
    [{ TRUSTED_PROXIES: '10.0.0.0/33' }, 'TRUSTED_PROXIES'],
    [{ TRUSTED_PROXIES: '0.0.0.0/0' }, 'TRUSTED_PROXIES'],
    [{ TRUSTED_PROXIES: '10.0.0.0/8/8' }, 'TRUSTED_PROXIES'],
    [{ TRUSTED_PROXIES: 'true' }, 'TRUSTED_PROXIES'],
    [{ METRICS_TOKEN: 'short' }, 'METRICS_TOKEN'],
    [{ JITSI_URL: 'https://meet.example.org' }, 'JITSI_APP_ID'],
    [{ JITSI_URL: 'https://meet.example.org', JITSI_APP_ID: 'concert' }, 'JITSI_SECRET'],
    [{ JITSI_SECRET: 'long enough, and alone' }, 'JITSI_URL'],
    [{ ...JITSI, JITSI_URL: 'http://meet.example.org' }, 'JITSI_URL'],
    [{ ...JITSI, JITSI_URL: 'meet.example.org' }, 'JITSI_URL'],
    [{ ...JITSI, JITSI_URL: 'https://user@meet.example.org' }, 'JITSI_URL'],
    [{ ...JITSI, JITSI_URL: 'https://meet.example.org/?room=x' }, 'JITSI_URL'],
    [{ ...JITSI, JITSI_APP_ID: 'two words' }, 'JITSI_APP_ID'],
    [{ ...JITSI, JITSI_SECRET: 'short' }, 'JITSI_SECRET'],
    [{ BBB_URL: 'https://bbb.example.org/bigbluebutton/' }, 'BBB_SECRET'],
    [{ BBB_URL: 'ftp://bbb.example.org', BBB_SECRET: RANDOM }, 'BBB_URL'],
    [{ LIVEKIT_URL: 'wss://livekit.example.org', LIVEKIT_API_KEY: 'k', LIVEKIT_API_SECRET: RANDOM }, 'LIVEKIT_PAGE'],
    [{ LIVEKIT_URL: 'https://livekit.example.org' }, 'LIVEKIT_URL'],
  ])('%j stops the start with one line that names %s', (env, name) => {
    expect(() => readConfig(env)).toThrow(ConfigError);
    try {
      readConfig(env);
    } catch (error) {
      const { message } = error as ConfigError;
      expect(message.startsWith(`${name} `)).toBe(true);
      expect(message).not.toContain('\n');
    }
  });

  test('trusted proxies are addresses and ranges', () => {
    expect(readConfig({ TRUSTED_PROXIES: '10.0.0.0/8, 192.0.2.1,2001:db8::/32' }).trustedProxies).toEqual([
      '10.0.0.0/8',
      '192.0.2.1',
      '2001:db8::/32',
    ]);
  });

  test('rooms for voice and video are where all is set that they need', () => {
    expect(readConfig({}).video).toEqual({});
    const { video } = readConfig({
      ...{ ...JITSI, JITSI_URL: 'https://meet.example.org/town/' },
      ...{ BBB_URL: 'https://bbb.example.org/bigbluebutton/', BBB_SECRET: RANDOM },
      ...{ LIVEKIT_URL: 'ws://127.0.0.1:7880', LIVEKIT_PAGE: 'http://localhost:3001/custom' },
      ...{ LIVEKIT_API_KEY: 'APIx', LIVEKIT_API_SECRET: RANDOM },
    });
    expect(video).toEqual({
      jitsi: { url: 'https://meet.example.org/town', appId: 'concert', secret: RANDOM },
      bbb: { url: 'https://bbb.example.org/bigbluebutton', secret: RANDOM },
      livekit: { url: 'ws://127.0.0.1:7880', page: 'http://localhost:3001/custom', key: 'APIx', secret: RANDOM },
    });
    expect(framedOrigins(video)).toEqual([
      ...['https://meet.example.org', 'https://bbb.example.org', 'http://localhost:3001'],
    ]);
  });

  test('a public address is kept as an origin', () => {
    expect(readConfig({ PUBLIC_URL: 'https://Concert.Example.org/' }).publicUrl).toBe('https://concert.example.org');
  });

  test.each([
    ['127.0.0.1', true],
    ['127.8.8.8', true],
    ['localhost', true],
    ['::1', true],
    ['0.0.0.0', false],
    ['127.example.org', false],
    ['192.168.1.4', false],
  ])('%s is loopback: %s', (host, expected) => {
    expect(isLoopback(host)).toBe(expected);
  });
});
