import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startApp, type TestApp } from '../../test/harness.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.stop());

test('anybody proposes an organisation, which waits to be verified and is found by everybody', async () => {
  const [anna, bruno] = [await app.as('anna'), await app.as('bruno')];
  const made = await anna.api.organisations.create({ name: 'Hôpital  du Léman', kind: 'buyer', territory: '74' });
  expect(made).toMatchObject({ state: 'pending', kind: 'buyer', territory: '74' });
  expect(JSON.stringify(made)).not.toContain(anna.id);
  const { items } = await bruno.api.organisations.list({ limit: 50, q: 'HOPITAL du lem' });
  expect(items.map(({ id }) => id)).toEqual([made.id]);
  expect((await bruno.api.organisations.list({ limit: 50, kind: 'supplier' })).items).toEqual([]);
});

test('one name is one organisation, whatever its case and accents', async () => {
  const anna = await app.as('anna');
  await anna.api.organisations.create({ name: 'Université des Alpes', kind: 'research' });
  await expect(anna.api.organisations.create({ name: 'UNIVERSITE DES ALPES', kind: 'buyer' })).rejects.toMatchObject({
    status: 409,
    data: { reason: 'already-there' },
  });
});

test('the list is paged in the order of names', async () => {
  const anna = await app.as('anna');
  for (const name of ['Zeta', 'élan', 'Beta'])
    await anna.api.organisations.create({ name: `${name} SAS`, kind: 'supplier' });
  const names: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await anna.api.organisations.list({ limit: 1, kind: 'supplier', cursor });
    names.push(...page.items.map(({ name }) => name));
    cursor = page.next;
  } while (cursor !== undefined);
  expect(names).toEqual(['Beta SAS', 'élan SAS', 'Zeta SAS']);
});

test('a search is text, not a pattern', async () => {
  const anna = await app.as('anna');
  for (const q of ['.*', '^', '(a+)+$', '['])
    expect((await anna.api.organisations.list({ limit: 50, q })).items).toEqual([]);
  expect((await anna.fetch('/api/organisations?q[$ne]=x')).status).toBe(400);
});
