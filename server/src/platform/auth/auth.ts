import type { Actor } from '@concert/contract';
import type { RequestHandler } from 'express';

/** What identifies a caller: the headers of an HTTP request or of a WebSocket upgrade. */
export type Credentials = { readonly cookie?: string | undefined; readonly authorization?: string | undefined };

/** Accounts, sessions and tokens, built on better-auth. */
export type Auth = {
  /** Serves `/api/auth/*`. */
  readonly handler: RequestHandler;
  /** Who is asking, or null: an unknown, expired or revoked session or token, or a suspended person. */
  identify(credentials: Credentials): Promise<Actor | null>;
  /** True while the session or token that opened a socket is still good. */
  stillGood(credentialId: string, personId: string): Promise<boolean>;
  /** Creates an account with a password (seed, first administrator); answers the person's id. */
  createAccount(account: { email: string; name: string; password: string } & Record<string, unknown>): Promise<string>;
  /** OpenAPI 3.1 fragment of the routes under `/api/auth`. */
  openApi(): Promise<{ paths: Record<string, unknown>; components?: Record<string, unknown> }>;
};
