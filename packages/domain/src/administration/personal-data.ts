import { Instant, type Locale, PersonId } from '@concert/contract';
import { z } from 'zod';

/** What a person must type to have their own account erased, beside the password. */
export const ERASE_WORD = 'erase';

/**
 * Everything the installation holds about one person, as one file. Each part is named after what keeps it and is
 * open: a later part does not break who reads the earlier ones. Files are listed with their addresses.
 */
export const PersonalExport = z.object({
  format: z.literal('concert-personal-data'),
  version: z.literal(1),
  exportedAt: Instant,
  personId: PersonId,
  parts: z.record(z.string(), z.unknown()),
});
export type PersonalExport = z.infer<typeof PersonalExport>;

/** [AD8] The words before the code of a pseudonym, in each language. */
const FORMER: Readonly<Record<Locale, string>> = { fr: 'Ancien membre', en: 'Former member', it: 'Ex membro' };

/** Signs that are not taken for each other when read aloud (Crockford's base 32). */
const SIGNS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** The code of a pseudonym from random bytes: four signs of five bits each, `7K2F`. */
export const pseudonymCode = (random: Uint8Array): string =>
  [...random.subarray(0, 4)].map((byte) => SIGNS[byte % SIGNS.length]).join('');

/** [AD8] What stands where the name of an erased person stood. It says nothing about who they were. */
export const pseudonymOf = (code: string, locale: Locale): string => `${FORMER[locale]} ${code}`;
