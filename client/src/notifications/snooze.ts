/** Moments until which something can be put off, in the time of this browser. */
export type SnoozeChoice = 'evening' | 'tomorrow' | 'week';

const EVENING = 18;
const MORNING = 8;
const MONDAY = 1;

const at = (day: Date, hour: number): Date => {
  const moment = new Date(day);
  moment.setHours(hour, 0, 0, 0);
  return moment;
};

const inDays = (now: Date, days: number): Date => {
  const day = new Date(now);
  day.setDate(day.getDate() + days);
  return day;
};

/** The choices that lie ahead now: this evening until six, tomorrow and next Monday always. */
export function snoozeChoices(now: Date): readonly (readonly [SnoozeChoice, Date])[] {
  const evening = at(now, EVENING);
  const untilMonday = ((MONDAY - now.getDay() + 6) % 7) + 1;
  return [
    ...(now < evening ? [['evening', evening] as const] : []),
    ['tomorrow', at(inDays(now, 1), MORNING)] as const,
    ['week', at(inDays(now, untilMonday), MORNING)] as const,
  ];
}
