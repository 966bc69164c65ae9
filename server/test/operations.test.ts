import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { SETTINGS } from '../src/platform/config.ts';

const read = (name: string): string => readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8');
const namesIn = (text: string, pattern: RegExp): string[] =>
  [...text.matchAll(pattern)].map((match) => match[1] ?? '').sort();

/** Settings that an installation by Compose has no use for. */
const NOT_FOR_COMPOSE = new Set(['DEMO', 'RATE_LIMITS']);

describe('every setting', () => {
  const all = [...SETTINGS].sort();
  const compose: { services: { server: { environment: Record<string, string> } } } = parse(read('docker-compose.yml'));
  const given = Object.keys(compose.services.server.environment);
  const inImage = namesIn(read('Dockerfile'), /\b([A-Z_]+)=[^\s=]/g);

  test('is explained in the operator’s page, and no other is', () => {
    const page = read('docs/operations.md').split('## Environment')[1]?.split('\n## ')[0] ?? '';
    expect(namesIn(page, /^\| `([A-Z_]+)` \|/gm)).toEqual(all);
  });

  test('that a newcomer may want is in the README, and no other is', () => {
    const named = namesIn(read('README.md'), /^\| `([A-Z_]+)` \|/gm);
    expect(all.filter((name) => !named.includes(name))).toEqual(['NODE_ENV']);
    expect(named.filter((name) => !all.includes(name))).toEqual([]);
  });

  test('is set by Compose or by the image, and Compose sets no other', () => {
    expect(given.filter((name) => !all.includes(name))).toEqual([]);
    const missing = all.filter(
      (name) => !given.includes(name) && !inImage.includes(name) && !NOT_FOR_COMPOSE.has(name),
    );
    expect(missing).toEqual([]);
  });

  test('that Compose takes from its environment is in .env.example, and nothing else is', () => {
    const wanted = new Set(namesIn(read('docker-compose.yml'), /\$\{([A-Z_]+)/g));
    expect(namesIn(read('.env.example'), /^([A-Z_]+)=/gm)).toEqual([...wanted].sort());
  });
});

test('a container is given more time to stop than the server takes at the longest', () => {
  const compose: { services: { server: { stop_grace_period: string } } } = parse(read('docker-compose.yml'));
  expect(Number.parseInt(compose.services.server.stop_grace_period, 10)).toBeGreaterThan(25);
});

test('the operator’s page links to files that are there', () => {
  for (const file of namesIn(read('docs/operations.md'), /\]\(([\w./-]+)\)/g))
    expect(read(`docs/${file}`)).not.toBe('');
});
