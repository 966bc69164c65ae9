import type { IndexDescription } from 'mongodb';

/** One letter, ready to send: both parts are complete without the other. */
export type Letter = {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** Unique for ever: a letter that is sent again by a repeated reaction carries the same one. */
  readonly messageId: string;
  /** An invitation for a calendar, or its cancellation (RFC 5546). */
  readonly calendar?: { readonly method: 'REQUEST' | 'CANCEL'; readonly content: string };
  /** Further headers, each on one line. */
  readonly headers?: Readonly<Record<string, string>>;
};

/** A letter that the demonstration kept. */
type KeptLetter = Omit<Letter, 'messageId' | 'headers' | 'calendar'> & { readonly id: string; readonly sentAt: Date };

/** Sends letters: over SMTP, into the demonstration's outbox page, or into the log, as configured. */
export type Mail = {
  send(letter: Letter): Promise<void>;
  /** Whether letters go anywhere: false without a mail server outside the demonstration. */
  readonly delivers: boolean;
  /** Kept letters, newest first, older than the one with id `before`. */
  kept(page: { limit: number; before?: string }): Promise<readonly KeptLetter[]>;
  readonly indexes: Readonly<Record<string, readonly IndexDescription[]>>;
};
