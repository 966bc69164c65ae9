import type { BodyKind, Publicity } from '@concert/domain/governance/api.ts';
import type { RulesRecord } from '@concert/domain/governance/rule-set.ts';
import type { SeatMandate, SeatTerms } from '@concert/domain/governance/seats.ts';

/** A body as those see it who meet, vote and decide in its name. */
export type BodyFacts = {
  readonly id: string;
  readonly name: string;
  readonly kind: BodyKind;
  readonly state: 'active' | 'archived';
  readonly publicity: Publicity;
  readonly seats: readonly SeatTerms[];
  readonly mandates: readonly SeatMandate[];
  /** In force now (governance rule G9). */
  readonly rules: RulesRecord;
};

/** What stands at the head of what a body sends out. */
export type Letterhead = {
  /** The name of the body. */
  readonly body: string;
  readonly lines: readonly string[];
  readonly logo?: Logo;
};
/** A PNG that was drawn by us; its size in pixels. */
export type Logo = { readonly bytes: Uint8Array; readonly width: number; readonly height: number };

/** Where bodies come from: read anew each time, never a cache. */
export type BodyDirectory = {
  byIds(ids: readonly string[]): Promise<ReadonlyMap<string, BodyFacts>>;
  /** All of them, or those among these: tens. */
  all(ids?: readonly string[]): Promise<readonly BodyFacts[]>;
  /** Bodies in which this person has or had a mandate. */
  ofPerson(personId: string): Promise<readonly BodyFacts[]>;
  /** [G20] Of a body that has set none, its name alone; null for one that is not there. */
  letterheadOf(bodyId: string): Promise<Letterhead | null>;
};

/** The port: one slice keeps bodies, others ask; and those that use them say so, because what is used is not removed. */
export type BodiesPort = BodyDirectory & {
  answeredBy(directory: BodyDirectory): void;
  usedBy(uses: (bodyId: string) => Promise<boolean>): void;
  /** Whether another slice holds something of this body. */
  isUsed(bodyId: string): Promise<boolean>;
};

/** There are no bodies until a slice stands behind it. */
export function createBodies(): BodiesPort {
  let behind: BodyDirectory = {
    byIds: async () => new Map(),
    all: async () => [],
    ofPerson: async () => [],
    letterheadOf: async () => null,
  };
  const users: ((bodyId: string) => Promise<boolean>)[] = [];
  return {
    byIds: async (ids) => (ids.length === 0 ? new Map() : behind.byIds([...new Set(ids)])),
    all: (ids) => behind.all(ids),
    ofPerson: (personId) => behind.ofPerson(personId),
    letterheadOf: (bodyId) => behind.letterheadOf(bodyId),
    answeredBy: (directory) => {
      behind = directory;
    },
    usedBy: (uses) => void users.push(uses),
    isUsed: async (bodyId) => (await Promise.all(users.map((uses) => uses(bodyId)))).some(Boolean),
  };
}
