import type { Actor } from '@concert/contract';
import { literally } from './mongo/pattern.ts';

/** Who asks for what can be mentioned, or for the name of what was. */
export type Reader = Pick<Actor, 'personId' | 'platformRole' | 'limits'>;

/** Something that can be mentioned. */
export type Mentionable = { readonly id: string; readonly name: string; readonly detail?: string };

/** What one slice lets people mention. It shows nobody what they may not see. */
export type MentionSource = {
  /** Things whose name has these words, the likeliest first, at most so many. */
  find(reader: Reader, words: string, limit: number): Promise<readonly Mentionable[]>;
  /** Names of those among the ids that the reader may see. */
  names(reader: Reader, ids: readonly string[]): Promise<ReadonlyMap<string, string>>;
};

const fold = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

/** Whether every word begins a word of a name, whatever its accents. */
export const isNamedBy = (name: string, words: string): boolean =>
  fold(words)
    .split(/\s+/)
    .filter(Boolean)
    .every((word) => new RegExp(`(^|[^\\p{L}\\p{N}])${literally(word)}`, 'u').test(fold(name)));

/** What can be mentioned beside people, by kind: how a discussion names things of slices it does not know. */
export type MentionSources = {
  /** The slice that has things of this kind says how they are found and named. Once, at start. */
  register(kind: string, source: MentionSource): void;
  of(kind: string): MentionSource | undefined;
};

export function createMentionSources(): MentionSources {
  const sources = new Map<string, MentionSource>();
  return {
    register: (kind, source) => void sources.set(kind, source),
    of: (kind) => sources.get(kind),
  };
}
