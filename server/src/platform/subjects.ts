import type { Subject } from './access/access.ts';
import type { Reader } from './mentions.ts';

/** Something that people are told about, as one reader may see it. */
export type Card = {
  readonly id: string;
  readonly title: string;
  /** Where it is shown, relative to the site. */
  readonly path: string;
  /** What contains it. */
  readonly context?: string;
};

/** A subject on the way from the innermost to the workspace. */
export type Step = { readonly kind: string; readonly id: string };

/** What one slice says of its subjects. */
export type SubjectSource = {
  /** Cards of those among the ids that the reader may see. */
  cards(reader: Reader, ids: readonly string[]): Promise<ReadonlyMap<string, Card>>;
  /** The subject and what contains it, innermost first; null when the reader may not see it. */
  path(reader: Reader, id: string): Promise<readonly Step[] | null>;
  /** How the words at places begin, as far as the reader may see them, by anchor. */
  words?(reader: Reader, places: readonly Place[]): Promise<ReadonlyMap<string, string>>;
};

/** A place in a subject: the last part of its path. */
export type Place = { readonly id: string; readonly anchor: string };

/** Subjects by kind: how slices speak of each other's without knowing them. */
export type Subjects = {
  /** The slice that has subjects of this kind says what they are. Once, at start. */
  register(kind: string, source: SubjectSource): void;
  of(kind: string): SubjectSource | undefined;
};

export function createSubjects(): Subjects {
  const sources = new Map<string, SubjectSource>();
  return {
    register: (kind, source) => void sources.set(kind, source),
    of: (kind) => sources.get(kind),
  };
}

/** The way from what access is decided on to its workspace. */
export const stepsOf = (subject: Subject, workspaceId: string): readonly [Step, ...Step[]] =>
  subject.kind === 'document' ? [subject, { kind: 'workspace', id: workspaceId }] : [subject];
