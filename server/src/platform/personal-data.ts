import type { Locale } from '@concert/contract';
import type { IndexDescription } from 'mongodb';

/** What stands where an erased person stood: the same code in every language. */
export type Pseudonym = { readonly code: string; readonly in: Readonly<Record<Locale, string>> };

/** What is known of a person while an erasure runs, so that traces of the name and the address can be found. */
export type Erased = {
  readonly personId: string;
  readonly name: string;
  readonly email: string;
  readonly pseudonym: Pseudonym;
};

/** A workspace, or whatever else, that would be left without anybody in charge of it. */
export type HandOver = { readonly kind: string; readonly id: string; readonly name: string };

/** What a slice, or a part of the platform, holds of people: how it gives it out and how it lets go of it. */
export type PersonalData = {
  /** By which it finds what it holds of one person, beside the indexes of its every day. */
  readonly indexes?: Readonly<Record<string, readonly IndexDescription[]>>;
  /** Everything held about the person, as plain JSON; secrets and other people's data stay out. */
  readonly export: (personId: string) => Promise<unknown>;
  /** Takes the person out. Called again after a crash, so it must be harmless to repeat. */
  readonly erase: (erased: Erased) => Promise<void>;
  /** What the person must hand over to somebody else before they may erase themself. */
  readonly toHandOver?: (personId: string) => Promise<readonly HandOver[]>;
};

/** All who hold personal data, by name, in the order in which they let go of it. */
export type PersonalDataHolders = {
  register(name: string, holder: PersonalData): void;
  all(): ReadonlyMap<string, PersonalData>;
  /** What the person is alone in charge of while others depend on it. */
  toHandOver(personId: string): Promise<readonly HandOver[]>;
};

/** The register of those who hold personal data. */
export function createPersonalDataHolders(): PersonalDataHolders {
  const holders = new Map<string, PersonalData>();
  return {
    register: (name, holder) => {
      if (holders.has(name)) throw new Error(`${name} holds personal data twice`);
      holders.set(name, holder);
    },
    all: () => holders,
    toHandOver: async (personId) => {
      const answers = [...holders.values()].map((holder) => holder.toHandOver?.(personId) ?? []);
      return (await Promise.all(answers)).flat();
    },
  };
}
