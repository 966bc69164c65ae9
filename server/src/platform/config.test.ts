import { describe, expect, test } from '@jest/globals';
import { ConfigError, isLoopback, readConfig } from './config.ts';

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
    [{ TRUSTED_PROXIES: '10.0.0.0/8, everybody' }, 'TRUSTED_PROXIES'],
    [{ TRUSTED_PROXIES: '10.0.0.0/33' }, 'TRUSTED_PROXIES'],
    [{ TRUSTED_PROXIES: '0.0.0.0/0' }, 'TRUSTED_PROXIES'],
    [{ TRUSTED_PROXIES: '10.0.0.0/8/8' }, 'TRUSTED_PROXIES'],
    [{ TRUSTED_PROXIES: 'true' }, 'TRUSTED_PROXIES'],
    [{ METRICS_TOKEN: 'short' }, 'METRICS_TOKEN'],
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
