import type { Attendee, Meeting } from '@concert/domain/meetings/shapes.ts';

/** A part of those who are called: the voters of a college, or people of another quality. */
export type Group = {
  readonly key: string;
  readonly quality: 'voter' | 'secretary' | 'observer' | 'guest';
  readonly college?: string;
  readonly people: readonly Attendee[];
  readonly there: number;
};

const OTHERS = ['secretary', 'observer', 'guest'] as const;
const isThere = ({ presence }: Attendee): boolean => presence !== 'out';

const groupOf = (quality: Group['quality'], people: readonly Attendee[], college?: string): Group => ({
  key: `${quality} ${college ?? ''}`,
  quality,
  ...(college === undefined ? {} : { college }),
  people,
  there: people.filter(isThere).length,
});

/** Everybody who is called: voters and those who stand in for them by college, then the others by their quality. */
export function groupsOf(attendees: readonly Attendee[], compare: (a: string, b: string) => number): readonly Group[] {
  const named = attendees.toSorted((a, b) => compare(a.name, b.name));
  const voting = named.filter(({ quality }) => quality === 'voter' || quality === 'alternate');
  const colleges = [...new Set(voting.flatMap(({ college }) => college ?? []))].sort(compare);
  const without = voting.filter(({ college }) => college === undefined);
  return [
    ...colleges.map((college) =>
      groupOf(
        'voter',
        voting.filter((one) => one.college === college),
        college,
      ),
    ),
    groupOf('voter', without),
    ...OTHERS.map((quality) =>
      groupOf(
        quality,
        named.filter((one) => one.quality === quality),
      ),
    ),
  ].filter(({ people }) => people.length > 0);
}

/** To whom somebody's vote is entrusted for an item, while they are away. */
export function representedBy(
  proxies: Meeting['proxies'],
  personId: string,
  itemId: string | undefined,
): string | undefined {
  const holds = proxies.filter(
    (one) =>
      one.state === 'accepted' &&
      !one.rests &&
      one.fromId === personId &&
      (one.itemId === undefined || one.itemId === itemId),
  );
  // A proxy for the item alone comes before one for the whole meeting, and that before one for a time, which stands last.
  return (holds.find((one) => one.itemId !== undefined) ?? holds[0])?.toId;
}

/** How many are there, in the room and at a distance. */
export const countPresent = (attendees: readonly Attendee[]) => ({
  in: attendees.filter(({ presence }) => presence === 'in').length,
  remote: attendees.filter(({ presence }) => presence === 'remote').length,
  of: attendees.length,
});
