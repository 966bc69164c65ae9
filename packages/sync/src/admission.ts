import type { Context } from './context.ts';
import type { Accepted, Edit, Outcome } from './edits.ts';
import { judge } from './gate/judge.ts';
import type { Fresh, Knowledge } from './gate/knowledge.ts';
import type { Scan } from './gate/scan.ts';
import type { Tried, tryUpdate } from './workers/jobs.ts';
import { BudgetExceeded, JobFailed } from './workers/pool.ts';

/** What admission needs of a room. */
export interface AdmittingRoom {
  readonly documentId: string;
  readonly knowledge: Knowledge;
  /** The owner of a clientID, by its text. */
  ownerOf(clientId: number): string | undefined;
  setOwners(owners: ReadonlyMap<number, string>): void;
  /** The person who is present under a clientID. */
  presentAs(clientId: number): string | undefined;
  /** About the size of the document with all that was accepted. */
  bytes(): number;
  /** Everything accepted so far, durable or not. */
  acceptedState(): Promise<Uint8Array>;
  accept(accepted: Accepted): void;
  /** Null when no other instance can have written the document. */
  readonly sharing: object | null;
  /** Takes in what other instances have made durable by now. */
  catchUp(): Promise<void>;
  /** Calls back when everything accepted so far is durable. */
  afterAccepted(settled: () => void, lost: () => void): void;
}

/** Each millisecond of the budget for loading a document in a worker covers this many bytes. */
const loadedBytesPerMs = 4_000;

/** An edit on its way through the gate, and what has been done about it. */
type Attempt = {
  readonly room: AdmittingRoom;
  readonly context: Context;
  readonly edit: Edit;
  readonly settled: () => void;
  readonly lost: () => void;
  /** A worker has applied it. */
  readonly tried: boolean;
  /** What other instances had made durable is known. */
  readonly caughtUp: boolean;
};

const nothing = (): void => {};

/**
 * Takes an edit through the gate. Answers at once (no promise) when nothing has to be waited for, which is the case
 * for every keystroke but a clientID's first. `settled` is called when the edit is durable.
 */
export function admit(
  room: AdmittingRoom,
  context: Context,
  edit: Edit,
  settled: () => void,
  lost: () => void = nothing,
): Outcome | Promise<Outcome> {
  return attempt({ room, context, edit, settled, lost, tried: false, caughtUp: false });
}

// Every keystroke comes through here: no function is made on the way of one.
function attempt(of: Attempt): Outcome | Promise<Outcome> {
  const { room, context, edit, settled, lost, tried } = of;
  const { editor, scan, update } = edit;
  const { limits } = context;
  if (editor.isGone()) return { outcome: 'gone' };
  const fresh = room.knowledge.fresh(scan);
  const unowned: number[] = [];
  for (const { client } of fresh) {
    const owner = room.ownerOf(client);
    if (owner === undefined) unowned.push(client);
    if ((owner ?? room.presentAs(client) ?? editor.personId) !== editor.personId) {
      return unlessBehind(of, refused('foreign-client', fresh));
    }
  }
  if (editor.clientIds && usedAfter(editor.clientIds, fresh) > limits.clientIdsPerConnection) {
    return editor.mayWrite() ? refused('too-many-clients', fresh) : unlessBehind(of, { outcome: 'denied' });
  }
  const isBig = scan.structs > limits.inlineStructs;
  const judgement = judge(update, scan, room.knowledge, limits.tombstoneLength, isBig && !tried);
  if (judgement.verdict === 'known') {
    room.afterAccepted(settled, lost);
    return { outcome: 'taken' };
  }
  if (!editor.mayWrite()) return unlessBehind(of, { outcome: 'denied' });
  if (judgement.verdict === 'gap') return unlessBehind(of, { outcome: 'gap', reason: judgement.reason });
  if (judgement.verdict === 'refused') return refused(judgement.reason, fresh);
  const isCut = !isBig || tried;
  // What fits into no record could never become durable, and would hold up everything after it.
  if (isCut && judgement.update.length > limits.recordBytes) return { outcome: 'too-big' };
  if (isCut && room.bytes() + judgement.update.length > limits.documentBytes) return { outcome: 'too-big' };
  if (!context.committer.hasRoom(judgement.update.length)) return { outcome: 'full' };
  if (unowned.length > 0) return afterClaim(of, unowned);
  if (!tried && (isBig || judgement.deletes.length > limits.inlineStructs * 3)) return afterTrial(of, fresh);
  for (const { client } of fresh) editor.clientIds?.add(client);
  room.accept({ editor, at: edit.at, ...judgement, settled: [settled], lost: [lost] });
  return { outcome: 'taken' };
}

const refused = (reason: string, fresh: readonly Fresh[]): Outcome => ({
  outcome: 'refused',
  reason,
  clientIds: fresh.map(({ client }) => client),
});

/** What looks wrong here may rest on what another instance has made durable a moment ago. */
function unlessBehind(of: Attempt, outcome: Outcome): Outcome | Promise<Outcome> {
  const { room, caughtUp } = of;
  return room.sharing && !caughtUp ? room.catchUp().then(() => attempt({ ...of, caughtUp: true })) : outcome;
}

async function afterClaim(of: Attempt, unowned: number[]): Promise<Outcome> {
  const { room, context, edit } = of;
  room.setOwners(await context.claims.claim(room.documentId, unowned, edit.editor.personId));
  return attempt(of);
}

async function afterTrial(of: Attempt, fresh: readonly Fresh[]): Promise<Outcome> {
  const known = await tryInWorker(of.room, of.context, of.edit);
  return typeof known === 'string' ? refused(known, fresh) : attempt({ ...of, edit: known, tried: true });
}

function usedAfter(used: ReadonlySet<number>, fresh: { client: number }[]): number {
  return used.size + fresh.filter(({ client }) => !used.has(client)).length;
}

/**
 * Applies an update of many structs or deletes where it can do no harm, and cuts it to its new part there.
 * Answers the edit as it is to be judged again, or why it is refused.
 */
async function tryInWorker(room: AdmittingRoom, context: Context, edit: Edit): Promise<Edit | string> {
  const { update, scan } = edit;
  const state = await room.acceptedState();
  const budgetMs = context.limits.checkBudgetMs + state.length / loadedBytesPerMs;
  const argument: Parameters<typeof tryUpdate>[0] = { state, update, known: partlyKnown(scan, room.knowledge) };
  try {
    const cut = await context.workers.run<Tried>('tryUpdate', argument, budgetMs);
    return cut ? { ...edit, ...cut } : edit;
  } catch (error) {
    if (error instanceof BudgetExceeded) return 'too-costly';
    if (error instanceof JobFailed) return 'does-not-apply';
    throw error;
  }
}

/** How far the clients reach already of whom an update brings known structs. */
function partlyKnown({ sections }: Scan, knowledge: Knowledge): [client: number, clock: number][] {
  return sections.flatMap(({ client, start }) => {
    const clock = knowledge.clock(client);
    return start < clock ? [[client, clock]] : [];
  });
}
