import type { Denial } from '@concert/domain/access/grants.ts';
import type { DenialRecord, GrantRecord } from '../platform/access/rights-records.ts';
import { pageByName } from '../platform/http/cursor.ts';
import type { Ports } from '../platform/ports.ts';
import type { Parts } from './parts.ts';
import type { DocumentRecord } from './records.ts';

/** How many of those who would begin to see a document are named. */
const MAX_NAMED = 20;

/**
 * [A17] What a document holds of rights after a move, and in a copy: no grants, which were the answer of the owners
 * before; every conflict of interest, those of the workspace that it leaves included. Why there is one is for owners
 * (A18): it goes along only where an owner takes it along.
 */
export function rightsAfterMove(
  before: DocumentRecord,
  denials: readonly Denial[],
  { ports, tellsWhy }: { readonly ports: Pick<Ports, 'newId' | 'now'>; readonly tellsWhy: boolean },
): { readonly grants: readonly GrantRecord[]; readonly denials: readonly DenialRecord[] } {
  const own = before.denials;
  const inherited = denials.filter(
    ({ principal }) => !own.some((one) => one.principal.type === principal.type && one.principal.id === principal.id),
  );
  return {
    grants: [],
    denials: [
      ...own.map(({ note, ...rest }): DenialRecord => (tellsWhy && note !== undefined ? { ...rest, note } : rest)),
      ...inherited.map(
        ({ principal, note, since = ports.now(), by = '' }): DenialRecord => ({
          id: ports.newId(),
          principal,
          reason: 'conflict-of-interest',
          ...(tellsWhy && note !== undefined ? { note } : {}),
          since,
          by,
        }),
      ),
    ],
  };
}

/** Takes the sockets of those from whom a document is kept out of the news of it, where it is new. */
export async function tellKept({ platform: { access } }: Parts, { denials }: DocumentRecord): Promise<void> {
  if (denials.length === 0) return;
  await access.changed({ personIds: await access.peopleOf(denials.map(({ principal }) => principal)) });
}

/** Who would begin and cease to see a document in another workspace: what somebody should know before moving it. */
export async function moveEffect({ platform }: Parts, document: DocumentRecord, workspaceId: string) {
  const { access, auth, ports } = platform;
  const [before, there, denials] = await Promise.all([
    access.whoSees({ kind: 'document', id: document.id }),
    access.whoSees({ kind: 'workspace', id: workspaceId }),
    access.denialsOf({ kind: 'document', id: document.id }),
  ]);
  const reading = (seers: typeof before): string[] =>
    (seers ?? []).flatMap(({ personId, role }) => (role === null ? [] : [personId]));
  const now = new Set(reading(before));
  const candidates = reading(there);
  const kept = await access.deniedAmong(candidates, denials);
  const then = new Set(candidates.filter((personId) => !kept.has(personId)));
  const gaining = [...then].filter((personId) => !now.has(personId));
  const named = [...(await auth.people.byIds(gaining)).values()].map(({ id, name }) => ({ id, name }));
  const { items } = pageByName(named, { limit: MAX_NAMED }, (person) => person);
  const ended = document.grants.filter(({ until }) => until === undefined || until > ports.now());
  return {
    gain: gaining.length,
    lose: [...now].filter((personId) => !then.has(personId)).length,
    gaining: items,
    grantsEnded: ended.length,
  };
}
