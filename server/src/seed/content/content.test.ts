import { Color } from '@concert/contract';
import { isCpv, isRis3, isTerritory, loadCpv } from '@concert/domain/codes/codes.ts';
import { completenessOf } from '@concert/domain/fields/completeness.ts';
import { parseFields } from '@concert/domain/fields/parse.ts';
import { fieldsOfKind, kindOf, textSectionIds } from '@concert/domain/kinds.ts';
import { type FieldsJson, readFields, writeFields } from '@concert/editor/fields-doc.ts';
import { describe, expect, test } from '@jest/globals';
import * as Y from 'yjs';
import { BRIEFS, DOCUMENTS, NEEDS, TEXTS } from './documents.ts';
import { ORGANISATIONS } from './organisations.ts';
import { PEOPLE } from './people.ts';
import type { SeedBlock, SeedBrief, SeedNeed, SeedText } from './types.ts';
import { BRIEF_SECTIONS, NEEDS_SECTIONS } from './types.ts';
import { FICTITIOUS } from './values.ts';
import { WORKSPACES } from './workspaces.ts';

type SeedDocument = SeedNeed | SeedBrief | SeedText;

const people = new Set(PEOPLE.map(({ id }) => id));
const organisations = new Set(ORGANISATIONS.map(({ id }) => id));
const idsOf = (items: readonly { id: string }[]) => items.map(({ id }) => id);

const blocksOf = (document: SeedDocument): readonly SeedBlock[] =>
  'body' in document ? document.body : Object.values(document.sections).flat();

function stringsOf(block: SeedBlock): readonly string[] {
  if ('p' in block) return [block.p];
  if ('h' in block) return [block.text];
  if ('ul' in block) return block.ul;
  if ('ol' in block) return block.ol;
  if ('tasks' in block) return block.tasks.map(({ text }) => text);
  if ('quote' in block) return [block.quote];
  if ('record' in block) return [];
  return block.table.flat();
}

const textOf = (document: SeedDocument) => blocksOf(document).flatMap(stringsOf).join('\n');
const wordsIn = (text: string) => text.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;

/** The fields as the product will hold them: written to the co-edited map, read back, and sorted by the rules. */
async function parsed(document: SeedDocument) {
  const kind = kindOf(document.kind);
  const layout = fieldsOfKind(kind);
  const doc = new Y.Doc();
  const json: FieldsJson = JSON.parse(JSON.stringify(document.fields));
  writeFields(doc.getMap('fields'), layout, json);
  const read = readFields(doc.getMap('fields'), layout);
  doc.destroy();
  const cpv = await loadCpv();
  const codes = { cpv: (code: string) => isCpv(cpv, code), territories: isTerritory, ris3: isRis3 };
  const result = parseFields(kind, read, codes);
  return { ...result, completeness: completenessOf(kind, result.values, textSectionIds(kind)), given: json };
}

/** Every string found under one of `keys`, however deep. */
function valuesUnder(json: unknown, keys: readonly string[]): string[] {
  if (Array.isArray(json)) return json.flatMap((item) => valuesUnder(item, keys));
  if (typeof json !== 'object' || json === null) return [];
  return Object.entries(json).flatMap(([key, value]) =>
    keys.includes(key) && typeof value === 'string' ? [value] : valuesUnder(value, keys),
  );
}

function contrastWithWhite(color: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return channel <= 0.040_45 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 1.05 / (0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05);
}

describe('the people, organisations and workspaces of the demonstration', () => {
  test('are the fourteen accounts, each with an organisation and a colour on which white text can be read', () => {
    expect(idsOf(PEOPLE).sort()).toEqual(
      'admin agency buyer buyer2 chair finance legal observer reviewer1 reviewer2 reviewer3 secretary sme sme2'.split(
        ' ',
      ),
    );
    for (const { organisation, color, name } of PEOPLE) {
      expect(organisations.has(organisation)).toBe(true);
      expect(Color.safeParse(color).success).toBe(true);
      expect([name, contrastWithWhite(color) >= 4.5]).toEqual([name, true]);
    }
    expect(new Set(PEOPLE.map(({ color }) => color)).size).toBe(PEOPLE.length);
    expect(new Set(PEOPLE.map(({ locale }) => locale))).toEqual(new Set(['fr', 'en', 'it']));
  });

  test('are organisations that say they are invented and sit in a known territory', () => {
    expect(ORGANISATIONS.length).toBeGreaterThanOrEqual(14);
    expect(organisations.size).toBe(ORGANISATIONS.length);
    for (const { name, territory } of ORGANISATIONS) {
      expect(name).toMatch(/\(démo\)$/);
      expect(isTerritory(territory)).toBe(true);
    }
  });

  test('meet in workspaces with an owner, known members, and something to see for everybody', () => {
    expect(WORKSPACES.length).toBeGreaterThanOrEqual(4);
    for (const { members } of WORKSPACES) {
      expect(Object.values(members)).toContain('owner');
      for (const id of Object.keys(members)) expect(people.has(id)).toBe(true);
    }
    for (const { id } of PEOPLE) {
      const seen = WORKSPACES.filter(({ members }) => members[id]);
      expect([id, seen.length > 0]).toEqual([id, true]);
      expect(seen.every((workspace) => DOCUMENTS.some((document) => document.workspace === workspace.id))).toBe(true);
    }
  });

  test('give suppliers one workspace of published notes in which they cannot write, and the observer reading only', () => {
    for (const guest of ['sme', 'sme2']) {
      const roles = WORKSPACES.flatMap(({ members }) => members[guest] ?? []);
      expect(roles).toHaveLength(1);
      expect(['commenter', 'viewer']).toContain(roles[0]);
      const seen = DOCUMENTS.filter((document) =>
        WORKSPACES.some(({ id, members }) => id === document.workspace && members[guest]),
      );
      expect(new Set(seen.map(({ kind }) => kind))).toEqual(new Set(['note']));
    }
    expect(new Set(WORKSPACES.flatMap(({ members }) => members.observer ?? []))).toEqual(new Set(['viewer']));
  });
});

describe('the documents of the demonstration', () => {
  test('are enough of each kind, in both languages', () => {
    expect(NEEDS.length).toBeGreaterThanOrEqual(12);
    expect(BRIEFS.length).toBeGreaterThanOrEqual(3);
    expect(TEXTS.filter(({ kind }) => kind === 'minutes')).toHaveLength(3);
    expect(TEXTS.filter(({ kind }) => kind === 'note').length).toBeGreaterThanOrEqual(3);
    expect(NEEDS.filter(({ language }) => language === 'fr').length).toBeGreaterThanOrEqual(8);
    expect(NEEDS.filter(({ language }) => language === 'en').length).toBeGreaterThanOrEqual(4);
    expect(new Set(idsOf(DOCUMENTS)).size).toBe(DOCUMENTS.length);
  });

  test('have the sections of their kind, in its order', () => {
    expect(textSectionIds(kindOf('needs-assessment'))).toEqual([...NEEDS_SECTIONS]);
    expect(textSectionIds(kindOf('project-brief')).sort()).toEqual([...BRIEF_SECTIONS].sort());
    for (const document of [...NEEDS, ...BRIEFS]) {
      for (const [section, blocks] of Object.entries(document.sections)) {
        expect([document.id, section, blocks.length > 0]).toEqual([document.id, section, true]);
      }
    }
  });

  test.each(DOCUMENTS.map((document) => [document.id, document] as const))(
    '%s refers only to people, organisations, workspaces and needs that exist',
    (_, document) => {
      const members = WORKSPACES.find(({ id }) => id === document.workspace)?.members ?? {};
      for (const person of [document.createdBy, ...document.authors]) {
        expect([person, members[person]]).toEqual([person, expect.stringMatching(/^(owner|editor|commenter)$/)]);
      }
      const organisationKeys = document.kind === 'needs-assessment' ? ['organisation'] : ['organisation', 'sponsor'];
      for (const id of valuesUnder(document.fields, organisationKeys)) expect(organisations).toContain(id);
      const personKeys = document.kind === 'project-brief' ? ['lead', 'owner'] : ['chair'];
      for (const id of valuesUnder(document.fields, personKeys)) expect(people).toContain(id);
      expect(document.createdOn <= document.updatedOn).toBe(true);
    },
  );

  test('name an owner organisation for each need, and known people for its risks', () => {
    for (const { fields } of NEEDS) {
      expect(organisations).toContain(fields.owner);
      for (const risk of fields.risks ?? []) expect(people).toContain(risk.owner);
    }
    for (const { fields } of BRIEFS) for (const id of fields.needs) expect(idsOf(NEEDS)).toContain(id);
  });

  test.each(DOCUMENTS.map((document) => [document.id, document] as const))(
    '%s holds only fields its kind knows, all valid but the one that shows how an invalid one is flagged',
    async (_, document) => {
      const { invalid, given, values } = await parsed(document);
      const expected = document.id === 'need-anaesthetic-gases' ? [/^solutions\..*\.trl$/] : [];
      expect(invalid.map(({ path }) => path)).toEqual(expected.map((path) => expect.stringMatching(path)));
      expect(Object.keys(values).sort()).toEqual(Object.keys(given).sort());
    },
  );

  test('are complete to very different degrees, from less than half to everything', async () => {
    const shares = await Promise.all(
      NEEDS.map(async (need) => {
        const { completeness } = await parsed(need);
        return completeness.done / completeness.total;
      }),
    );
    expect(Math.min(...shares)).toBeLessThan(0.5);
    expect(Math.max(...shares)).toBe(1);
    expect(new Set(shares).size).toBeGreaterThanOrEqual(5);
  });
});

describe('the texts of the demonstration', () => {
  test('say in the identity section of every invented need that it is invented', () => {
    for (const need of NEEDS) {
      const identity = need.sections.identity.flatMap(stringsOf).join('\n');
      const mark =
        need.nature === 'case'
          ? 'Cas réel, rédigé à titre d’illustration'
          : FICTITIOUS[need.language === 'en' ? 'en' : 'fr'];
      expect(identity).toContain(mark);
    }
    expect(idsOf(NEEDS.filter(({ nature }) => nature === 'case'))).toEqual(['need-syncro', 'need-robot-lyceen']);
  });

  test('say that invented briefs and minutes are invented', () => {
    for (const document of [...BRIEFS, ...TEXTS.filter(({ kind }) => kind === 'minutes')]) {
      expect(textOf(document)).toMatch(/fictive de démonstration|fictif de démonstration|Fictitious demonstration/);
    }
  });

  test.each(NEEDS.map((need) => [need.id, need] as const))('%s is told in 600 to 1 200 words', (_, need) => {
    const words = wordsIn(textOf(need));
    expect(words).toBeGreaterThanOrEqual(600);
    expect(words).toBeLessThanOrEqual(1200);
  });

  test('use the inline markup only where it closes', () => {
    for (const text of DOCUMENTS.flatMap(blocksOf).flatMap(stringsOf)) {
      const plain = text.replace(/\*\*[^*]+\*\*/g, '').replace(/\*[^*]+\*/g, '');
      expect(plain).not.toContain('*');
      expect(plain.replace(/\[[^\]]+\]\(https:\/\/[^)\s]+\)/g, '')).not.toContain('](');
    }
  });

  test('are typeset: no straight apostrophe, and rows of one length in each table', () => {
    for (const block of DOCUMENTS.flatMap(blocksOf)) {
      for (const text of stringsOf(block)) expect(text).not.toMatch(/\p{L}'\p{L}/u);
      if ('table' in block) expect(new Set(block.table.map((row) => row.length)).size).toBe(1);
    }
  });
});
