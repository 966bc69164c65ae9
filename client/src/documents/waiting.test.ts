import { describe, expect, test } from '@jest/globals';
import { aDocument } from '../../test/documents.ts';
import { waitsFor } from './waiting.ts';

const lacking = { done: 1, total: 2, missing: ['identity.owner'] };

describe('A document waits', () => {
  test('for whoever began it or changed it last, while something is missing', () => {
    expect(waitsFor(aDocument({ completeness: lacking }), 'ada')).toBe('completion');
    expect(waitsFor(aDocument({ completeness: lacking, updatedBy: { id: 'bob', name: 'Bob' } }), 'bob')).toBe(
      'completion',
    );
  });

  test('for nobody else, and not once it is complete', () => {
    expect(waitsFor(aDocument({ completeness: lacking }), 'bob')).toBeUndefined();
    expect(waitsFor(aDocument({ completeness: { done: 2, total: 2, missing: [] } }), 'ada')).toBeUndefined();
    expect(waitsFor(aDocument({ kind: 'note' }), 'ada')).toBeUndefined();
  });

  test('to be repaired first of all, when nobody can write in it', () => {
    expect(waitsFor(aDocument({ quarantined: true, completeness: lacking }), 'ada')).toBe('repair');
  });
});
