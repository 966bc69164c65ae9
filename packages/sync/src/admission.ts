import type { Context } from './context.ts';
import type { Accepted, Edit, Outcome } from './edits.ts';
import { judge } from './gate/judge.ts';
import type { Knowledge } from './gate/knowledge.ts';
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

/**
 * Takes an edit through the gate. Answers at once (no promise) when nothing has to be waited for, which is the case
 * for every keystroke but a clientID's first. `settled` is called when the edit is durable.
 */
export function admit(
  room: AdmittingRoom,
  context: Context,
  edit: Edit,
  settled: () => void,
  lost: () => void = () => {},
  done: { tried?: boolean; caughtUp?: boolean } = {},
): Outcome | Promise<Outcome> {
  const { editor, scan, update } = edit;
  const { limits } = context;
  if (editor.isGone()) return { outcome: 'gone' };
  const fresh = room.knowledge.fresh(scan);
  const refuse = (reason: string): Outcome => ({
    outcome: 'refused',
    reason,
    clientIds: fresh.map(({ client }) => client),
  });

  const again = (also: typeof done) => admit(room, context, edit, settled, lost, { ...done, ...also });
  /** What looks wrong here may rest on what another instance has made durable a moment ago. */
  const unlessBehind = (outcome: Outcome): Outcome | Promise<Outcome> =>
    room.sharing && !done.caughtUp ? room.catchUp().then(() => again({ caughtUp: true })) : outcome;

  const unowned: number[] = [];
  for (const { client } of fresh) {
    const owner = room.ownerOf(client);
    if (owner === undefined) unowned.push(client);
    if ((owner ?? room.presentAs(client) ?? editor.personId) !== editor.personId) {
      return unlessBehind(refuse('foreign-client'));
    }
  }
  if (editor.clientIds && usedAfter(editor.clientIds, fresh) > limits.clientIdsPerConnection) {
    return editor.mayWrite() ? refuse('too-many-clients') : unlessBehind({ outcome: 'denied' });
  }
  const isBig = scan.structs > limits.inlineStructs;
  const judgement = judge(update, scan, room.knowledge, limits.tombstoneLength, isBig && !done.tried);
  if (judgement.verdict === 'known') {
    room.afterAccepted(settled, lost);
    return { outcome: 'taken' };
  }
  if (!editor.mayWrite()) return unlessBehind({ outcome: 'denied' });
  if (judgement.verdict === 'gap') return unlessBehind({ outcome: 'gap', reason: judgement.reason });
  if (judgement.verdict === 'refused') return refuse(judgement.reason);
  const isCut = !isBig || done.tried;
  // What fits into no record could never become durable, and would hold up everything after it.
  if (isCut && judgement.update.length > limits.recordBytes) return { outcome: 'too-big' };
  if (isCut && room.bytes() + judgement.update.length > limits.documentBytes) return { outcome: 'too-big' };
  if (!context.committer.hasRoom(judgement.update.length)) return { outcome: 'full' };
  if (unowned.length > 0) {
    return context.claims.claim(room.documentId, unowned, editor.personId).then((owners) => {
      room.setOwners(owners);
      return again({});
    });
  }
  if (!done.tried && (isBig || judgement.deletes.length > limits.inlineStructs * 3)) {
    return tryInWorker(room, context, edit).then((tried) =>
      typeof tried === 'string' ? refuse(tried) : admit(room, context, tried, settled, lost, { ...done, tried: true }),
    );
  }
  for (const { client } of fresh) editor.clientIds?.add(client);
  room.accept({ editor, at: edit.at, ...judgement, settled: [settled], lost: [lost] });
  return { outcome: 'taken' };
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
