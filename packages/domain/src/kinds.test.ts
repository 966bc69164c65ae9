import { describe, expect, test } from '@jest/globals';
import { DOCUMENT_KINDS } from './documents/api.ts';
import type { Field } from './fields/types.ts';
import { fieldsOfKind, freeTextHeadings, KINDS, kindOf, textSectionIds } from './kinds.ts';

const withColumns = (field: Field): Field[] =>
  field.type === 'rows' ? [field, ...field.columns.flatMap(withColumns)] : [field];
const everything = DOCUMENT_KINDS.flatMap((name) => fieldsOfKind(kindOf(name)).flatMap(withColumns));

describe('kinds of document', () => {
  test('[N4] a needs assessment has its sixteen sections in order', () => {
    expect(textSectionIds(KINDS['needs-assessment']).join(' ')).toBe(
      'identity context users outcomes today state-of-the-art market impacts business-case risks ' +
        'interoperability ipr data joint-buying timing next-step',
    );
  });

  test('[N4] what a complete needs assessment requires', () => {
    const required = fieldsOfKind(KINDS['needs-assessment']).filter((field) => field.required);
    expect(required.map(({ id }) => id).join(' ')).toBe(
      'title owner territories domains trigger groups outcomes sources marketState risks personalData neededBy budget requested',
    );
  });

  test('[P1] a project brief has its twelve sections in order, and what it requires', () => {
    expect(textSectionIds(KINDS['project-brief']).join(' ')).toBe(
      'need objectives scope governance market procedure ipr-data-state-aid budget schedule risks kpis decisions',
    );
    const required = fieldsOfKind(KINDS['project-brief']).filter((field) => field.required);
    expect(required.map(({ id }) => id).join(' ')).toBe(
      'title needs objectives scopeIn sponsor lead marketState procedureOptions resultsOwner budget gates risks kpis decisionsAsked',
    );
  });

  test('[D1] every kind has a required title', () => {
    for (const name of DOCUMENT_KINDS)
      expect(fieldsOfKind(kindOf(name))).toContainEqual(
        expect.objectContaining({ id: 'title', type: 'text', required: true }),
      );
  });

  test('[D2] minutes and notes are free text; minutes begin with four headings', () => {
    expect([textSectionIds(KINDS.minutes), textSectionIds(KINDS.note)]).toEqual([[], []]);
    expect(freeTextHeadings(KINDS.minutes).map(({ en }) => en)).toEqual([
      'Attendance',
      'Agenda',
      'Decisions',
      'Actions',
    ]);
  });

  test('[D3] field ids are unique in their kind, and column ids in their rows', () => {
    for (const name of DOCUMENT_KINDS) {
      const ids = fieldsOfKind(kindOf(name)).map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
    }
    for (const field of everything) {
      if (field.type !== 'rows') continue;
      const ids = field.columns.map(({ id }) => id);
      expect(new Set([...ids, 'id', 'order']).size).toBe(ids.length + 2);
    }
  });

  test('[D4] every word is there in the three languages', () => {
    const sections = DOCUMENT_KINDS.flatMap((name) => kindOf(name).sections);
    const options = everything.flatMap((field) => (field.type === 'choice' ? [...field.options] : []));
    const texts = [
      ...DOCUMENT_KINDS.flatMap((name) => [kindOf(name).label, kindOf(name).description]),
      ...sections.flatMap(({ label, prompt }) => [label, prompt]),
      ...everything.flatMap(({ label, help }) => (help ? [label, help] : [label])),
      ...options.map(({ label }) => label),
    ];
    for (const { fr, en, it } of texts) for (const word of [fr, en, it]) expect(word.trim()).not.toBe('');
  });
});
