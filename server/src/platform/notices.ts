import type { Happening } from '@concert/domain/notifications/rules.ts';
import type { Step } from './subjects.ts';

/** Something that has happened, and whom it may concern. */
export type Notice = {
  /** The same for every delivery of the same event (rule N4). */
  readonly eventId: string;
  readonly what: Happening;
  /** Absent where nobody did it: a day has come. */
  readonly by?: string | undefined;
  /** That day, `2027-06-30`. */
  readonly day?: string | undefined;
  readonly at: Date;
  /** Where it happened: the subject first, then what contains it. */
  readonly path: readonly [Step, ...Step[]];
  /** The place in the subject, as the last part of its path. */
  readonly anchor?: string;
  readonly mentioned: readonly string[];
  readonly participants: readonly string[];
  /** Those among these people who can see it now (rule N5). */
  audience(personIds: readonly string[]): Promise<ReadonlySet<string>>;
};

/** Telling people what has happened. One slice carries it out, others ask for it. */
export type Notices = {
  /** Tells whoever wants to hear of it. Harmless to repeat. */
  tell(notice: Notice): Promise<void>;
  /** Takes an event back from everybody: what it was about has gone. */
  takeBack(eventId: string): Promise<void>;
  /** Takes back everything about a subject that has gone. */
  forget(subject: Step): Promise<void>;
  /** Somebody has read a subject where it is. */
  read(personId: string, subject: Step): Promise<void>;
};

/** The port, and the way for one slice to stand behind it. */
export type NoticesPort = Notices & { carriedOutBy(notices: Notices): void };

/** Nobody is told anything until a slice stands behind it. */
export function createNotices(): NoticesPort {
  const nothing = async (): Promise<void> => undefined;
  let behind: Notices = { tell: nothing, takeBack: nothing, forget: nothing, read: nothing };
  return {
    carriedOutBy: (notices) => {
      behind = notices;
    },
    tell: (notice) => behind.tell(notice),
    takeBack: (eventId) => behind.takeBack(eventId),
    forget: (subject) => behind.forget(subject),
    read: (personId, subject) => behind.read(personId, subject),
  };
}
