import { describe, expect, test } from '@jest/globals';
import { draftOf } from './draft.ts';

const PEOPLE = [
  { personId: 'ada', name: 'Ada Martin' },
  { personId: 'zoe', name: 'Zoé Lefèvre' },
  { personId: 'jm', name: 'Jean-Marc Roux' },
  { personId: 'jm2', name: 'Jean-Marc Blanc' },
];
const draft = (line: string) => draftOf(line, PEOPLE, '2026-11-23');

describe('a line as something to do', () => {
  test('says who by the name before the colon, and until when by the day at the end', () => {
    expect(draft('Ada Martin: ask the town, by 12/12/2026')).toEqual({
      title: 'Ask the town',
      ownerId: 'ada',
      dueOn: '2026-12-12',
    });
    expect(draft('Zoé : relancer le SDIS d’ici le 05/01/2027.')).toEqual({
      title: 'Relancer le SDIS',
      ownerId: 'zoe',
      dueOn: '2027-01-05',
    });
    expect(draft('→ Lefevre – inviare la lettera (entro il 2026-12-24)')).toEqual({
      title: 'Inviare la lettera',
      ownerId: 'zoe',
      dueOn: '2026-12-24',
    });
  });

  test('keeps a name and a day that stand in the sentence', () => {
    expect(draft('The file of 01.12.2026 is read by Zoe Lefevre again')).toEqual({
      title: 'The file of 01.12.2026 is read by Zoe Lefevre again',
      ownerId: 'zoe',
      dueOn: '2026-12-01',
    });
    expect(draft('À faire : Ada writes to Zoé Lefèvre').ownerId).toBe('zoe');
    expect(draft('Ada writes to them').title).toBe('Ada writes to them');
  });

  test('leaves open what it does not say for certain', () => {
    expect(draft('Jean-Marc: call back')).toEqual({ title: 'Jean-Marc: call back' });
    expect(draft('Adamant about 31/02/2027')).toEqual({ title: 'Adamant about 31/02/2027' });
    expect(draft('Ada: as promised on 01/02/2020')).toEqual({ title: 'As promised', ownerId: 'ada' });
    expect(draft('Ada Lovelace: call back')).toEqual({ title: 'Ada Lovelace: call back' });
    expect(draft('Jean-Marc Blanc: call back').ownerId).toBe('jm2');
  });

  test('is no longer than a title', () => {
    expect(draft('x'.repeat(400)).title).toHaveLength(300);
  });
});
