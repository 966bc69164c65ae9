import type { Deed } from '@concert/domain/activity/rules.ts';
import type { Step } from './subjects.ts';

/** Something that somebody did. */
export type DeedDone = {
  /** The same for every delivery of the same event (activity rule AC4). */
  readonly id: string;
  readonly deed: Deed;
  readonly by: string;
  readonly at: Date;
  /** What it was done to, innermost first, up to the workspace. */
  readonly path: readonly [Step, ...Step[]];
  /** Only staff of the workspace may hear of it (thread rule T2). */
  readonly staff?: boolean;
  /** Whom it was done to, of deeds that concern a person. */
  readonly personId?: string;
};

/** Remembering what people did. One slice carries it out, others tell it. */
export type Activity = {
  /** Harmless to repeat. */
  note(done: DeedDone): Promise<void>;
  /** What is about this document is in another workspace now. */
  moved(documentId: string, workspaceId: string): Promise<void>;
  /** Lets go of what was done to something that has gone. */
  forget(subject: Step): Promise<void>;
};

/** The port, and the way for one slice to stand behind it. */
export type ActivityPort = Activity & { carriedOutBy(activity: Activity): void };

/** Nothing is remembered until a slice stands behind it. */
export function createActivity(): ActivityPort {
  const nothing = async (): Promise<void> => undefined;
  let behind: Activity = { note: nothing, moved: nothing, forget: nothing };
  return {
    note: (done) => behind.note(done),
    moved: (documentId, workspaceId) => behind.moved(documentId, workspaceId),
    forget: (subject) => behind.forget(subject),
    carriedOutBy: (activity) => {
      behind = activity;
    },
  };
}
