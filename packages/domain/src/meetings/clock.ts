import type { ClockState, Stretch } from './model.ts';

/** [M12] What is left on a clock; below zero once it has run out. */
export const remainingOf = (clock: ClockState, now: Date): number =>
  'endsAt' in clock ? clock.endsAt.getTime() - now.getTime() : clock.remainingMs;

/** [M12] The clock running from now. */
export const running = (clock: ClockState, now: Date): ClockState => ({
  endsAt: new Date(now.getTime() + remainingOf(clock, now)),
});

/** [M12] The clock standing where it is now. */
export const stopped = (clock: ClockState, now: Date): ClockState => ({ remainingMs: remainingOf(clock, now) });

/** [M12] The clock with so much more, running if it ran. */
export const extended = (clock: ClockState, ms: number): ClockState =>
  'endsAt' in clock ? { endsAt: new Date(clock.endsAt.getTime() + ms) } : { remainingMs: clock.remainingMs + ms };

/** What has been spent up to now. */
export const spentOf = ({ spentMs, runningSince }: Stretch, now: Date): number =>
  spentMs + (runningSince === undefined ? 0 : Math.max(0, now.getTime() - runningSince.getTime()));

/** The stretch going on from now. */
export const started = <Any extends Stretch>(stretch: Any, now: Date): Any =>
  stretch.runningSince === undefined ? { ...stretch, runningSince: now } : stretch;

/** The stretch with what has been spent added up, standing. */
export function halted<Any extends Stretch>(stretch: Any, now: Date): Any {
  const { runningSince: _, ...rest } = stretch;
  return { ...rest, spentMs: spentOf(stretch, now) } as Any;
}
