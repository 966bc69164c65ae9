import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { extended, halted, remainingOf, running, spentOf, started, stopped } from './clock.ts';
import type { ClockState, Stretch } from './model.ts';

const at = (ms: number): Date => new Date(Date.UTC(2026, 10, 23, 9) + ms);

/** As it comes to somebody else: written down and read again. */
const told = (clock: ClockState): ClockState => {
  const { endsAt, remainingMs } = JSON.parse(JSON.stringify(clock)) as { endsAt?: string; remainingMs?: number };
  return endsAt === undefined ? { remainingMs: remainingMs ?? Number.NaN } : { endsAt: new Date(endsAt) };
};

const anySteps = fc.array(
  fc.record({
    what: fc.constantFrom('run' as const, 'stop' as const, 'extend' as const),
    ms: fc.integer({ min: -90_000, max: 90_000 }),
    after: fc.nat({ max: 60_000 }),
  }),
  { maxLength: 30 },
);

describe('a clock', () => {
  test('[M12] is its end while it runs, and what is left while it stands', () => {
    const clock = running({ remainingMs: 60_000 }, at(0));
    expect(clock).toEqual({ endsAt: at(60_000) });
    expect(stopped(clock, at(20_000))).toEqual({ remainingMs: 40_000 });
    expect(running(stopped(clock, at(20_000)), at(500_000))).toEqual({ endsAt: at(540_000) });
  });

  test('[M12] goes on below zero, and stands there', () => {
    const clock = running({ remainingMs: 1_000 }, at(0));
    expect(remainingOf(clock, at(5_000))).toBe(-4_000);
    expect(stopped(clock, at(5_000))).toEqual({ remainingMs: -4_000 });
  });

  test('[M12] with more time runs if it ran, and stands if it stood', () => {
    expect(extended({ endsAt: at(1_000) }, 500)).toEqual({ endsAt: at(1_500) });
    expect(extended({ remainingMs: 1_000 }, -500)).toEqual({ remainingMs: 500 });
  });

  test('[M12] however it was run, stopped and given more: what is left is what was given less what it ran', () => {
    fc.assert(
      fc.property(anySteps, fc.integer({ min: 0, max: 600_000 }), (steps, given) => {
        let clock: ClockState = { remainingMs: given };
        let [now, left, runs] = [0, given, false];
        for (const { what, ms, after } of steps) {
          if (what === 'run') [clock, runs] = [running(clock, at(now)), true];
          if (what === 'stop') [clock, runs] = [stopped(clock, at(now)), false];
          if (what === 'extend') [clock, left] = [extended(clock, ms), left + ms];
          expect('endsAt' in clock).toBe(runs);
          now += after;
          if (runs) left -= after;
          expect(remainingOf(clock, at(now))).toBe(left);
          // Who comes only now is told the same.
          expect(remainingOf(told(clock), at(now))).toBe(left);
        }
      }),
    );
  });

  test('[M12] run or stopped twice it is as if once', () => {
    fc.assert(
      fc.property(fc.integer(), fc.nat(), (remainingMs, later) => {
        const clock = running({ remainingMs: remainingMs % 1_000_000 }, at(0));
        expect(running(clock, at(later % 1_000_000))).toEqual(clock);
        const standing = stopped(clock, at(10));
        expect(stopped(standing, at(later % 1_000_000))).toEqual(standing);
      }),
    );
  });
});

describe('a stretch of time', () => {
  test('[M12] adds up while it runs; begun twice it is begun once, and halted it has no beginning', () => {
    const going = started(started({ spentMs: 1_000 }, at(0)), at(5_000));
    expect(going).toEqual({ spentMs: 1_000, runningSince: at(0) });
    expect(spentOf(going, at(7_000))).toBe(8_000);
    expect(halted(going, at(7_000))).toStrictEqual({ spentMs: 8_000 });
    expect(halted({ spentMs: 5 }, at(7_000))).toStrictEqual({ spentMs: 5 });
  });

  test('[M12] never shrinks, even where one clock is behind another', () => {
    expect(spentOf({ spentMs: 300, runningSince: at(1_000) }, at(0))).toBe(300);
  });

  test('[M12] however often it is begun and halted: what it has is the time for which it ran', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.boolean(), fc.nat({ max: 60_000 }))), (steps) => {
        let stretch: Stretch = { spentMs: 0 };
        let [now, ran] = [0, 0];
        for (const [goes, after] of steps) {
          stretch = goes ? started(stretch, at(now)) : halted(stretch, at(now));
          now += after;
          if (goes) ran += after;
          expect(spentOf(stretch, at(now))).toBe(ran);
        }
      }),
    );
  });
});
