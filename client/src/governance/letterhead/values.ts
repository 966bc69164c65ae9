import type { Letterhead } from '@concert/domain/governance/api.ts';
import { LETTERHEAD, letterheadLines } from '@concert/domain/governance/letterhead.ts';

/** A letterhead while it is written. */
export type LetterheadValues = {
  /** One line each. */
  readonly text: string;
  /** The address of the logo that is shown; null: none. */
  readonly logo: string | null;
};

export const valuesOf = ({ lines, logo }: Letterhead): LetterheadValues => ({
  text: lines.join('\n'),
  logo: logo?.url ?? null,
});

export const linesOf = ({ text }: LetterheadValues): readonly string[] => letterheadLines(text.split('\n'));

export const isEmpty = (values: LetterheadValues): boolean => values.logo === null && linesOf(values).length === 0;

/** What is wrong with the lines: too many, or one that is too long, by its number. */
export function wrongLines(values: LetterheadValues): 'too-many' | { readonly tooLong: number } | undefined {
  const lines = linesOf(values);
  if (lines.length > LETTERHEAD.lines) return 'too-many';
  const tooLong = lines.findIndex((line) => line.length > LETTERHEAD.lineLength);
  return tooLong < 0 ? undefined : { tooLong: tooLong + 1 };
}

/** The base64 of a data URL. */
const bytesIn = (url: string): string => url.slice(url.indexOf(',') + 1);

/** What is sent: a logo only where it is another one than before. */
export const given = (values: LetterheadValues, before: Letterhead) => ({
  lines: [...linesOf(values)],
  ...(values.logo === (before.logo?.url ?? null) ? {} : { logo: values.logo === null ? null : bytesIn(values.logo) }),
});

/** A file as a data URL. */
export async function urlOf(file: Blob): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let binary = '';
  // In pieces: a call takes a limited number of arguments.
  for (let at = 0; at < bytes.length; at += 8192) binary += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return `data:${file.type};base64,${btoa(binary)}`;
}
