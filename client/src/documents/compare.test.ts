import { describe, expect, test } from '@jest/globals';
import { compare } from './compare.ts';

const body = (...lines: string[]) => ({ body: lines, fields: {} });

describe('Two states of a document side by side', () => {
  test('passages that are the same stand as one run', () => {
    expect(compare(body('Un', 'Deux'), body('Un', 'Deux'))).toEqual([{ kind: 'same', texts: ['Un', 'Deux'] }]);
  });

  test('a changed passage is marked word by word on both sides', () => {
    expect(compare(body('Titre', 'Dix lits à Lyon'), body('Titre', 'Dix places à Lyon'))).toEqual([
      { kind: 'same', texts: ['Titre'] },
      {
        kind: 'changed',
        mine: [
          { text: 'Dix ', differs: false },
          { text: 'lits', differs: true },
          { text: ' à Lyon', differs: false },
        ],
        theirs: [
          { text: 'Dix ', differs: false },
          { text: 'places', differs: true },
          { text: ' à Lyon', differs: false },
        ],
      },
    ]);
  });

  test('a passage that only one side has stands alone', () => {
    expect(compare(body('Un', 'À moi'), body('Un'))).toEqual([
      { kind: 'same', texts: ['Un'] },
      { kind: 'changed', mine: [{ text: 'À moi', differs: true }] },
    ]);
    expect(compare(body(), body('À eux'))).toEqual([{ kind: 'changed', theirs: [{ text: 'À eux', differs: true }] }]);
  });

  test('long answers are compared by their field, and left out when they agree', () => {
    const mine = { body: [], fields: { same: 'a', context: 'Mon texte' } };
    const theirs = { body: [], fields: { same: 'a' } };
    expect(compare(mine, theirs)).toEqual([
      { kind: 'changed', field: 'context', mine: [{ text: 'Mon texte', differs: true }] },
    ]);
  });

  test('no letter of either side is lost, whatever the words', () => {
    const mine = body('  Deux espaces', 'l’été 2026, à 12 h', '');
    const theirs = body('Deux  espaces', 'l’hiver 2026 à 12 h', 'fin');
    const sides = compare(mine, theirs).flatMap((one) =>
      one.kind === 'same'
        ? one.texts.map((text) => [text, text])
        : [[one.mine?.map(({ text }) => text).join(''), one.theirs?.map(({ text }) => text).join('')]],
    );
    expect(sides.map(([left]) => left).filter((text) => text !== undefined)).toEqual([...mine.body]);
    expect(sides.map(([, right]) => right).filter((text) => text !== undefined)).toEqual([...theirs.body]);
  });
});
