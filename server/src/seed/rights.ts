import { DEFAULT_WEIGHT } from '@concert/domain/governance/seats.ts';
import { bodyStore } from '../governance/store.ts';
import type { DenialRecord, GrantRecord, RightsRecord } from '../platform/access/rights-records.ts';
import type { Platform } from '../platform/module.ts';
import { workspaceStore } from '../workspaces/store.ts';
import { BODIES } from './content/bodies.ts';
import { SEATS } from './content/meetings.ts';
import { RIGHTS } from './content/rights.ts';
import type { SeedRight } from './content/types.ts';
import { WORKSPACES } from './content/workspaces.ts';
import { demoId, personIn, SINCE } from './people.ts';

/** The body whose seats are told one by one; the others stand below it. */
export const SEATED = 'steering-committee';

type People = ReadonlyMap<string, string>;

const endOf = (until: string | undefined) => (until === undefined ? {} : { until: new Date(until) });

/** The bodies with their mandates. */
export async function seedBodies({ db }: Platform, people: People): Promise<void> {
  const store = bodyStore(db);
  const known = new Set((await store.getAll(BODIES.map(({ id }) => demoId(id)))).map(({ id }) => id));
  const missing = BODIES.filter(({ id }) => !known.has(demoId(id)));
  await Promise.all(
    missing.map(({ id, name, kind, remit, mandates, until }) => {
      const places = id === SEATED ? SEATS : [];
      const list = Object.entries(mandates).map(([short, role]) => {
        const seat = places.find(({ person }) => person === short);
        return {
          ...{ id: demoId(`${id}-${short}`), personId: personIn(people, short), role, from: SINCE },
          ...(seat === undefined ? {} : { seatId: demoId(seat.id) }),
          ...endOf(until),
        };
      });
      const seats = places.map((seat) => ({
        ...{ id: demoId(seat.id), title: seat.title, college: seat.college, from: SINCE },
        ...{ voting: seat.voting ?? true, weight: DEFAULT_WEIGHT },
      }));
      const body = {
        id: demoId(id),
        name,
        kind,
        remit,
        state: 'active',
        publicity: 'members',
        seats,
        rules: [],
        ...(id === SEATED ? {} : { parentId: demoId(SEATED) }),
        mandates: list,
        createdAt: SINCE,
      } as const;
      return store.insert(body, []);
    }),
  );
}

const principalOf = ({ to }: SeedRight, people: People) => ({
  type: to.type,
  id: to.type === 'person' ? personIn(people, to.id) : demoId(to.id),
});

const grantOf = (right: Extract<SeedRight, { kind: 'grant' }>, people: People): GrantRecord => ({
  id: demoId(`${right.on.id}-${right.to.id}`),
  principal: principalOf(right, people),
  role: right.role,
  since: SINCE,
  by: personIn(people, right.by),
  ...endOf(right.until),
});

const denialOf = (right: Extract<SeedRight, { kind: 'denial' }>, people: People): DenialRecord => ({
  id: demoId(`${right.on.id}-${right.to.id}`),
  principal: principalOf(right, people),
  reason: 'conflict-of-interest',
  note: right.note,
  since: SINCE,
  by: personIn(people, right.by),
});

/** What a workspace or document of the demonstration holds of rights beside its members. */
export function rightsOn(kind: 'workspace' | 'document', id: string, people: People): RightsRecord {
  const here = RIGHTS.filter(({ on }) => on.kind === kind && on.id === id);
  return {
    grants: here.flatMap((right) => (right.kind === 'grant' ? [grantOf(right, people)] : [])),
    denials: here.flatMap((right) => (right.kind === 'denial' ? [denialOf(right, people)] : [])),
  };
}

/** The workspaces with their members. */
export async function seedWorkspaces({ db }: Platform, people: People): Promise<void> {
  const store = workspaceStore(db);
  const known = new Set((await store.getAll(WORKSPACES.map(({ id }) => demoId(id)))).map(({ id }) => id));
  const missing = WORKSPACES.filter(({ id }) => !known.has(demoId(id)));
  await Promise.all(
    missing.map(({ id, name, description, members }) => {
      const list = Object.entries(members).map(([short, role]) => ({
        personId: personIn(people, short),
        role,
        since: SINCE,
      }));
      const dates = { createdAt: SINCE, updatedAt: SINCE };
      return store.insert(
        {
          id: demoId(id),
          name,
          description,
          state: 'active',
          members: list,
          invitations: [],
          ...rightsOn('workspace', id, people),
          ...dates,
        },
        [],
      );
    }),
  );
}
