import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Actor } from '@concert/contract';
import { CLOSE } from '@concert/contract';
import { may } from '@concert/domain/access/rights.ts';
import type { ConnectOptions, Grant, Refusal, SyncEngine } from '@concert/sync';
import { createRefusalServer, createSocketServer, defaultLimits, turnAway } from '@concert/sync';
import type { Access } from '../access/access.ts';
import type { Auth } from '../auth/auth.ts';
import { refuseUpgrade } from '../http/refuse-upgrade.ts';
import type { Site } from '../http/site.ts';
import type { Log } from '../log.ts';
import { readAddress, type SyncAddress } from './address.ts';
import type { RightsChange } from './rooms.ts';
import { askerOf, TooManyAtOnce } from './turns.ts';

/** From the request to the decision; no traffic prolongs it. */
const DECISION_MS = 5_000;

export type UpgradeOptions = {
  readonly engine: SyncEngine;
  readonly auth: Auth;
  readonly access: Access;
  readonly site: Site;
  readonly log: Log;
  /** Notes every change of rights from now on: a decision that one of them concerns is made again. */
  readonly noteChanges: () => { readonly changes: readonly RightsChange[]; readonly stop: () => void };
  /** Holds decisions back that one session asks for by the hundred. */
  readonly inTurn: <T>(asker: string, work: () => Promise<T>) => Promise<T>;
};

/** That somebody may open a document, and what he may do there. */
export type Decision = { readonly actor: Actor; readonly documentId: string; readonly grant: Grant };

/** What a person may do on a document now; unknown and foreign documents look alike. */
async function grantOf(access: Access, actor: Actor, documentId: string): Promise<Grant | Refusal> {
  const standing = await access.standing(actor, { kind: 'document', id: documentId });
  if (standing === null) return { refused: CLOSE.noDocument };
  access.lookAgain(actor.personId, standing.changesAt);
  access.lookAgain(actor.personId, actor.until);
  const { personId, name, color } = actor;
  const mode = may('document.edit', standing).ok ? 'write' : 'read';
  return { personId, name, color, mode, workspaceId: standing.workspaceId };
}

/** Judges an open socket again: the session or token that opened it, the account, then the right. */
async function recheck({ auth, access }: UpgradeOptions, actor: Actor, documentId: string): Promise<Grant | Refusal> {
  if (!(await auth.stillGood(actor.credentialId, actor.personId))) return { refused: CLOSE.noSession };
  const person = await auth.people.byId(actor.personId);
  const known = person === null ? actor : { ...actor, name: person.name, color: person.color };
  return grantOf(access, known, documentId);
}

async function decide(
  options: UpgradeOptions,
  request: IncomingMessage,
  address: SyncAddress,
): Promise<Decision | number> {
  const { cookie, authorization } = request.headers;
  const actor = await options.auth.identify({ cookie, authorization });
  if (actor === null) return CLOSE.noSession;
  if (address.documentId === undefined) return CLOSE.noDocument;
  const grant = await grantOf(options.access, actor, address.documentId);
  if ('refused' in grant) return grant.refused;
  return { actor, documentId: address.documentId, grant };
}

/** Whether a change of rights may be about this decision. Changes of others must not make anybody wait. */
const concerns = (
  { personId, personIds, workspaceId, documentId, credentialId }: RightsChange,
  { actor, grant, documentId: mine }: Decision,
): boolean =>
  (personId === undefined || personId === actor.personId) &&
  (personIds === undefined || personIds.includes(actor.personId)) &&
  (workspaceId === undefined || workspaceId === grant.workspaceId) &&
  (documentId === undefined || documentId === mine) &&
  (credentialId === undefined || credentialId === actor.credentialId);

/** A right that goes while it is being looked up would otherwise open a socket that nobody judges again. */
async function decideAnew(
  options: UpgradeOptions,
  request: IncomingMessage,
  address: SyncAddress,
): Promise<Decision | number> {
  for (;;) {
    const { changes, stop } = options.noteChanges();
    try {
      const decision = await decide(options, request, address);
      if (typeof decision === 'number' || !changes.some((change) => concerns(change, decision))) return decision;
    } finally {
      stop();
    }
  }
}

/** @throws when the work takes longer than a decision may */
const withDeadline = <T>(work: Promise<T>): Promise<T> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('the decision took too long')), DECISION_MS);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
};

/** Whether somebody may open a document, or the close code that says why not. @throws when that cannot be found out now */
export const decideNow = (
  options: UpgradeOptions,
  request: IncomingMessage,
  address: SyncAddress,
): Promise<Decision | number> =>
  withDeadline(options.inTurn(askerOf(request.headers), () => decideAnew(options, request, address)));

/** What the engine is told of a socket that may come in. It stays as long as the socket, and so is kept small. */
export class Admission implements ConnectOptions {
  readonly documentId: string;
  readonly grant: Grant;
  readonly saved: boolean;
  readonly schema: number;
  readonly #options: UpgradeOptions;
  readonly #actor: Actor;

  constructor(options: UpgradeOptions, { documentId, grant, actor }: Decision, { saved, schema }: SyncAddress) {
    this.documentId = documentId;
    this.grant = grant;
    this.saved = saved;
    this.schema = schema;
    this.#options = options;
    this.#actor = actor;
  }

  get sessionId(): string {
    return this.#actor.credentialId;
  }

  recheck(): Promise<Grant | Refusal> {
    return recheck(this.#options, this.#actor, this.documentId);
  }
}

/**
 * Serves `/sync/{documentId}`. Who may not enter is told by a close code, because browsers cannot see the status of a
 * refused upgrade; only cross-site requests get no WebSocket at all.
 */
export function syncUpgrades(options: UpgradeOptions) {
  const { engine, site, log } = options;
  const open = createSocketServer(defaultLimits);
  const refused = createRefusalServer();

  const refuse = (request: IncomingMessage, socket: Duplex, head: Buffer, code: number, reason?: string): void => {
    refused.handleUpgrade(request, socket, head, (ws) => turnAway(ws, code, reason));
  };
  const accept = (
    request: IncomingMessage,
    socket: Duplex,
    head: Buffer,
    address: SyncAddress,
    decision: Decision | number,
  ): void => {
    if (typeof decision === 'number') {
      refuse(request, socket, head, decision);
      return;
    }
    const entry = new Admission(options, decision, address);
    const full = engine.refusal(entry);
    if (full) {
      refuse(request, socket, head, full.code, full.reason);
      return;
    }
    open.handleUpgrade(request, socket, head, (ws) => engine.connect(ws, entry));
  };

  return (request: IncomingMessage, socket: Duplex, head: Buffer): boolean => {
    const address = readAddress(request.url ?? '');
    if (address === null) return false;
    // A token is never sent by a browser unasked; a cookie is, so only our own pages may use it (ASVS 4.4.2). A foreign
    // page learns nothing, not even whether the document exists.
    if (request.headers.authorization === undefined && !site.isOwnOrigin(request.headers.origin)) {
      refuseUpgrade(socket, 403);
      return true;
    }
    decideNow(options, request, address).then(
      (decision) => {
        if (!socket.destroyed) accept(request, socket, head, address, decision);
      },
      (error: unknown) => {
        if (!(error instanceof TooManyAtOnce)) log.warn({ err: error }, 'a document could not be opened');
        refuseUpgrade(socket, 503);
      },
    );
    return true;
  };
}
