import { describe, expect, test } from '@jest/globals';
import { linkedText } from './linked-text.ts';

describe('a plain text', () => {
  test('is cut at its addresses, without the full stop after them', () => {
    expect(linkedText('Ouvrez http://127.0.0.1:3000/invitations/a_b-c. Merci')).toEqual([
      { at: 0, text: 'Ouvrez ' },
      { at: 7, text: 'http://127.0.0.1:3000/invitations/a_b-c', href: 'http://127.0.0.1:3000/invitations/a_b-c' },
      { at: 46, text: '. Merci' },
    ]);
  });

  test('links nothing that could run', () => {
    expect(linkedText('javascript:alert(1) data:text/html,x').some(({ href }) => href)).toBe(false);
  });
});
