import type { Actor, Locale, PlatformRole } from '@concert/contract';
import type { RequestHandler } from 'express';
import type { IndexDescription } from 'mongodb';
import type { Asked } from './check-password.ts';
import type { Claim } from './claim.ts';
import type { AccountLetters } from './letters.ts';
import type { People } from './people.ts';
import type { Policy } from './policy.ts';
import type { Tokens } from './tokens.ts';

/** What identifies a caller: the headers of an HTTP request or of a WebSocket upgrade. */
export type Credentials = { readonly cookie?: string | undefined; readonly authorization?: string | undefined };

/** Which sessions or tokens have ended: one of them, or all of a person. */
export type Ended = { readonly personId?: string; readonly credentialId?: string };

/** An account made by the server itself: the demonstration, the first administrator. */
export type NewAccount = {
  readonly email: string;
  readonly name: string;
  readonly password: string;
  readonly locale?: Locale;
  readonly color?: string;
  readonly title?: string;
  readonly organisationId?: string;
  readonly organisationConfirmedAt?: Date;
  readonly platformRole?: PlatformRole;
  /** Whether the address is known to be the person's own; true unless said otherwise. */
  readonly emailVerified?: boolean;
};

/** Accounts, sessions and tokens, built on better-auth. */
export type Auth = Claim & {
  readonly indexes: Readonly<Record<string, readonly IndexDescription[]>>;
  /** Serves `/api/auth/*`, before any body parser. */
  readonly handler: RequestHandler;
  /** What the handler serves, as `METHOD /path` below `/api`. */
  readonly routes: readonly string[];
  /** Who is asking, or null: an unknown, expired or revoked session or token, or a suspended person. */
  identify(credentials: Credentials): Promise<Actor | null>;
  /** True while the session or token that opened a socket is still good. */
  stillGood(credentialId: string, personId: string): Promise<boolean>;
  /** Which of these sessions and tokens (id → person) are not good any more: asked for all at once. */
  ended(credentials: ReadonlyMap<string, string>): Promise<readonly string[]>;
  /**
   * Creates an account with a password (seed, first administrator); answers the person's id.
   * @throws Problem CONFLICT `email-taken`.
   */
  createAccount(account: NewAccount): Promise<string>;
  /** OpenAPI 3.1 fragment of the routes under `/api/auth`. */
  openApi(): Promise<{ paths: Record<string, unknown>; components?: Record<string, unknown> }>;
  /**
   * Demands the password of somebody who is signed in, before what cannot be undone. A wrong one counts as a guess.
   * @throws Problem BAD_REQUEST `invalid-password`, TOO_MANY_REQUESTS `too-many-attempts`
   */
  checkPassword(asked: Asked, password: string): Promise<void>;
  /** Ends every session and token of a person; their sockets follow. */
  endAll(personId: string): Promise<void>;
  /** A secret of 256 bits (base64url) that belongs to `purpose` and can be made again: what a mailed link carries. */
  derive(purpose: string): string;
  /** Letters about accounts, which the slice of accounts writes. */
  readonly letters: Pick<AccountLetters, 'ask' | 'offer' | 'prepare' | 'sent' | 'withdrawChange'>;
  /** @throws Problem BAD_REQUEST with the reason why somebody may not choose this password */
  requireGoodPassword(password: string, who: { name?: string; email?: string }): void;
  /** Who may open an account now, and whether addresses must be confirmed. */
  readonly policy: Pick<Policy, 'now'>;
  /** The people of this installation, by id and by address. */
  readonly people: People;
  /** Personal access tokens. */
  readonly tokens: Tokens;
};
