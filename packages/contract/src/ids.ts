import { z } from 'zod';

/** Ids are opaque to every client: UUIDs or the authentication library's own random strings. */
export const Id = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/, 'not an id');

export const PersonId = Id;
export const WorkspaceId = Id;
export const DocumentId = Id;
export const VersionId = Id;
export const OrganisationId = Id;
export const FileId = Id;

/** An instant, ISO 8601 in UTC with milliseconds: `2026-11-23T08:30:00.000Z`. */
export const Instant = z.iso.datetime();

/** Lower-cased on the way in, so that one address is one person. */
export const Email = z
  .email()
  .max(254)
  .transform((address) => address.toLowerCase());

/** The languages of the interface. */
export const LOCALES = ['fr', 'en', 'it'] as const;
export const Locale = z.enum(LOCALES);
export type Locale = z.infer<typeof Locale>;

/** A text in the three languages of the interface. */
export type Localised = Readonly<Record<Locale, string>>;

/** A colour as `#rrggbb`: nothing else may reach a style attribute. */
export const Color = z.string().regex(/^#[0-9a-f]{6}$/);

/** Query of every list: at most 200 items, from an opaque cursor. */
export const Page = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  /** Long enough for the longest name in any script. */
  cursor: z.string().max(2048).optional(),
});

/** The answer of every list: `next` is the cursor of the following page, absent on the last. */
export const listOf = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item), next: z.string().optional() });
