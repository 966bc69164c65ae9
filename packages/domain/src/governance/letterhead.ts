import { no, type Verdict, yes } from '@concert/contract';

/** [G20] [G21] How much a letterhead holds; sizes in bytes and pixels. */
export const LETTERHEAD = {
  lines: 5,
  lineLength: 120,
  /** Of a logo as it is given. */
  givenBytes: 300 * 1024,
  /** Of a logo as it is kept. */
  keptBytes: 60 * 1024,
  width: 600,
  height: 200,
} as const;

/** What a logo may be given as; the type is read from the content. */
export const LOGO_TYPES = ['image/png', 'image/jpeg'] as const;

export type LogoRefusal = 'logo-too-big' | 'logo-type';

/** [G21] Whether a file may become a logo, by its size and the type that its content has. */
export function mayBeLogo(bytes: number, type: string | undefined): Verdict<LogoRefusal> {
  if (bytes > LETTERHEAD.givenBytes) return no('logo-too-big');
  return LOGO_TYPES.some((one) => one === type) ? yes : no('logo-type');
}

/** [G20] The lines as they are kept: none that is empty, and no more space in one than words need. */
export const letterheadLines = (lines: readonly string[]): readonly string[] =>
  lines.map((line) => line.replace(/\s+/gu, ' ').trim()).filter((line) => line !== '');

/** [G21] The sizes in which a logo is tried, largest first, until one of them is small enough to be kept. */
export const LOGO_SIZES = [1, 2 / 3, 1 / 2].map((share) => ({
  width: Math.round(LETTERHEAD.width * share),
  height: Math.round(LETTERHEAD.height * share),
}));
