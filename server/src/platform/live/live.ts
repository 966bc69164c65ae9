import type { Server as HttpServer, IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { ServerEvents } from '@concert/contract';
import type { Namespace } from 'socket.io';
import type { AccessChange } from '../access/access.ts';

type EventOf<Name extends keyof ServerEvents> = Parameters<ServerEvents[Name]>[0];

/** Live events to open browsers, on every instance. Ids only: who hears one reads again through the checked route. */
export type Live = {
  /**
   * To everybody who may read the workspace now; for an event about a document: to everybody who may read that, and
   * not to who is kept from it by a conflict of interest.
   */
  toWorkspace<Name extends keyof ServerEvents>(workspaceId: string, name: Name, event: EventOf<Name>): void;
  /** The same to those among them alone who are staff of the workspace (thread rule T2). */
  toStaff<Name extends keyof ServerEvents>(workspaceId: string, name: Name, event: EventOf<Name>): void;
  /** To everybody of this installation but its guests. */
  toMembers<Name extends keyof ServerEvents>(name: Name, event: EventOf<Name>): void;
  /**
   * To every browser of these people and of those who manage bodies (administrators, secretariat); where `members`, of
   * everybody but guests too. Each browser hears it once.
   */
  toBody<Name extends keyof ServerEvents>(
    audience: { readonly personIds: readonly string[]; readonly members: boolean },
    name: Name,
    event: EventOf<Name>,
  ): void;
  /** To every browser of one person. */
  toPerson<Name extends keyof ServerEvents>(personId: string, name: Name, event: EventOf<Name>): void;
  /** Rights changed: sockets of this instance leave and join rooms accordingly, then hear `access.changed`. */
  rightsChanged(match: AccessChange): Promise<void>;
  /** A session, a token, or all of a person ended: their sockets on this instance are told and closed. */
  end(match: { personId?: string; credentialId?: string }): void;
  /** Serves `/socket.io` on this HTTP server. */
  attach(server: HttpServer): void;
  /** Answers an upgrade under `/socket.io`; false for every other address. */
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean;
  /** A namespace beside that of the events; a connection has shown a session or token from an own page before it. */
  namespace(name: string): Namespace;
  /** Whether the other instances can be reached; always true for a single one. */
  isReady(): boolean;
  /** How many sockets are open on this instance. */
  sockets(): number;
  /** Closes every socket of the events, and all others when what uses these has ended, well or not. */
  stop(others?: Promise<unknown>): Promise<void>;
};
