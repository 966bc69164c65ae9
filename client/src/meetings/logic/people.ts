import type { Attendee, Meeting, Quality, VoteProxy } from '@concert/domain/meetings/shapes.ts';

const ORDER: readonly Quality[] = ['voter', 'alternate', 'secretary', 'observer', 'guest'];

/** Who is called, by quality, in the order in which a list shows them. */
export function byQuality(people: readonly Attendee[]): readonly { quality: Quality; people: readonly Attendee[] }[] {
  return ORDER.flatMap((quality) => {
    const those = people.filter((one) => one.quality === quality);
    return those.length > 0 ? [{ quality, people: those }] : [];
  });
}

/** How many have answered what, of those from whom an answer is expected: everybody but observers. */
export function answersOf(people: readonly Attendee[]) {
  const asked = people.filter(({ quality }) => quality !== 'observer');
  const count = (answer: Attendee['answer']) => asked.filter((one) => one.answer === answer).length;
  return { called: asked.length, accepted: count('accepted'), excused: count('excused'), waiting: count(undefined) };
}

const DAY_MS = 86_400_000;

/** [M58] Who has changed their answer within a day of the beginning of a meeting that is to come. */
export const changedLate = ({ attendees, startAt, state }: Pick<Meeting, 'attendees' | 'startAt' | 'state'>) =>
  startAt === undefined || (state !== 'convened' && state !== 'frozen')
    ? []
    : attendees.filter(
        ({ answerChangedAt }) =>
          answerChangedAt !== undefined && Date.parse(startAt) - Date.parse(answerChangedAt) <= DAY_MS,
      );

const isOpen = ({ state, rests }: VoteProxy): boolean => !rests && (state === 'given' || state === 'accepted');

type ProxyFacts = Pick<Meeting, 'proxies' | 'attendees' | 'rules'>;

/** To whom a vote can be given: others who vote, who have given theirs to nobody and whose hands are not full. */
export function proxyReceivers({ proxies, attendees, rules }: ProxyFacts, personId: string): readonly Attendee[] {
  const holds = (id: string) =>
    proxies.filter((one) => isOpen(one) && one.toId === id && one.state === 'accepted').length;
  return attendees.filter(
    (one) =>
      one.personId !== personId &&
      (one.quality === 'voter' || one.quality === 'alternate') &&
      !proxies.some((proxy) => isOpen(proxy) && proxy.fromId === one.personId) &&
      holds(one.personId) < rules.proxies.maxPerHolder,
  );
}

/** Proxies that still hold or wait for an answer. */
export const openProxies = (proxies: readonly VoteProxy[]): readonly VoteProxy[] => proxies.filter(isOpen);
