import { isRunning } from '@concert/domain/governance/mandates.ts';
import type { Platform } from '../platform/module.ts';
import { type Held, momentOf } from './parts.ts';

/** What must be known of a meeting to tell whom it concerns. */
type Told = Pick<Held, 'meeting' | 'body' | 'now'>;

/** A meeting is told at once, and then at most this often: what sixty people do in a second is a few pieces of news. */
const TOLD_EVERY_MS = 150;

/** Whom a meeting and its polls concern. What it is about is not said. */
export function audienceOf({ meeting, body, now }: Told) {
  const at = momentOf(meeting, now);
  const sitting = body.mandates.filter((one) => isRunning(one, now) || isRunning(one, at));
  const guestIds = meeting.state === 'draft' ? [] : meeting.guestIds;
  return {
    personIds: [...new Set([...sitting.map(({ personId }) => personId), ...guestIds])],
    members: body.publicity === 'members' && meeting.state !== 'draft',
  };
}

/** Tells those whom it may concern that a meeting has changed. */
export function meetingTelling(
  { live }: Pick<Platform, 'live'>,
  onTold: (meetingId: string) => void = () => undefined,
) {
  const resting = new Map<string, { timer: NodeJS.Timeout; next?: Told }>();
  const tell = (held: Told): void => {
    const known = resting.get(held.meeting.id);
    if (known !== undefined) {
      known.next = held;
      return;
    }
    const { id: meetingId, bodyId } = held.meeting;
    onTold(meetingId);
    live.toBody(audienceOf(held), 'meeting.changed', { meetingId, bodyId });
    const timer = setTimeout(() => {
      const { next } = resting.get(meetingId) ?? {};
      resting.delete(meetingId);
      if (next !== undefined) tell(next);
    }, TOLD_EVERY_MS);
    resting.set(meetingId, { timer });
  };
  return {
    tell,
    stop: (): void => {
      for (const { timer } of resting.values()) clearTimeout(timer);
    },
  };
}
export type MeetingTelling = ReturnType<typeof meetingTelling>;
