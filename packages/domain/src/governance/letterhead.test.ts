import { describe, expect, test } from '@jest/globals';
import { LETTERHEAD, LOGO_SIZES, letterheadLines, mayBeLogo } from './letterhead.ts';

describe('letterheads', () => {
  test('[G20] lines are kept without empty ones, and without space that says nothing', () => {
    expect(letterheadLines(['  Region ', '', '\t', 'Board of\n innovation', 'a\u00a0\u00a0b'])).toEqual([
      'Region',
      'Board of innovation',
      'a b',
    ]);
  });

  test('[G21] a logo is a PNG or a JPEG of 300 kB at most', () => {
    expect(mayBeLogo(LETTERHEAD.givenBytes, 'image/png')).toEqual({ ok: true });
    expect(mayBeLogo(1, 'image/jpeg')).toEqual({ ok: true });
    expect(mayBeLogo(LETTERHEAD.givenBytes + 1, 'image/png')).toEqual({ ok: false, reason: 'logo-too-big' });
    for (const type of ['image/svg+xml', 'application/xml', 'image/gif', 'image/webp', undefined])
      expect(mayBeLogo(1, type)).toEqual({ ok: false, reason: 'logo-type' });
  });

  test('[G21] the smallest size of a logo always fits, even with a byte for each pixel', () => {
    const { width = 0, height = 0 } = LOGO_SIZES.at(-1) ?? {};
    expect(LOGO_SIZES[0]).toEqual({ width: 600, height: 200 });
    // A palette of 256 colours and the frame of a PNG beside the pixels.
    expect(width * height + 2_048).toBeLessThan(LETTERHEAD.keptBytes);
  });
});
