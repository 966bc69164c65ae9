import type { Locale } from '@concert/contract';
import type { Meeting, MeetingMode, RoomProvider } from '@concert/domain/meetings/shapes.ts';
import { dayMonthText, instantOf, ownZone, wallOf } from '../logic/times.ts';

/** What the form of a meeting holds: days and hours as clocks of its zone show them. */
export type MeetingValues = {
  bodyId: string | null;
  title: string;
  mode: MeetingMode;
  day: string | null;
  from: string;
  /** The day on which it ends, where that is another one; of procedures in writing. */
  lastDay: string | null;
  until: string;
  timeZone: string;
  place: string;
  roomUrl: string;
  /** Where a room is made for it; null: it has an address of its own, or none. */
  room: RoomProvider | null;
  note: string;
  workspaceId: string | null;
};

export const emptyValues = (bodyId: string | null): MeetingValues => ({
  ...{ bodyId, title: '', mode: 'room', day: null, from: '09:30', lastDay: null, until: '12:00' },
  ...{ timeZone: ownZone(), place: '', roomUrl: '', room: null, note: '', workspaceId: null },
});

/** What a meeting is planned as, to be changed. */
export function valuesOf(meeting: Meeting): MeetingValues {
  const { bodyId, title, mode, startAt, endAt, timeZone, place = '', roomUrl = '', room, note, workspaceId } = meeting;
  const start = startAt ? wallOf(startAt, timeZone) : undefined;
  const end = endAt ? wallOf(endAt, timeZone) : undefined;
  return {
    ...{ bodyId, title, mode, timeZone, place, roomUrl, note, workspaceId: workspaceId ?? null },
    room: room?.made ? room.provider : null,
    day: start?.day ?? null,
    from: start?.time ?? '09:30',
    lastDay: end && end.day !== start?.day ? end.day : null,
    until: end?.time ?? (start ? '' : '12:00'),
  };
}

/** "Comité — 12 janvier", or the name of the body alone. */
export const suggestedTitle = (locale: Locale, bodyName: string | undefined, day: string | null): string =>
  [bodyName, day && dayMonthText(locale, day)].filter(Boolean).join(' — ').slice(0, 200);

export type Span = { readonly startAt?: string; readonly endAt?: string };

/** When it begins and ends; nothing without a day. */
export function spanOf({ day, from, lastDay, until, timeZone }: MeetingValues): Span {
  if (!day || !from) return {};
  const startAt = instantOf({ day, time: from }, timeZone);
  return until ? { startAt, endAt: instantOf({ day: lastDay ?? day, time: until }, timeZone) } : { startAt };
}

const isHttps = (address: string): boolean => URL.canParse(address) && new URL(address).protocol === 'https:';

export type ValueFault = 'body' | 'title' | 'from' | 'order' | 'room';

/** What is wrong with a field, by its name. */
export function faultsOf(values: MeetingValues): Partial<Record<keyof MeetingValues, ValueFault>> {
  const { startAt, endAt } = spanOf(values);
  const roomUrl = values.roomUrl.trim();
  return {
    ...(values.bodyId ? {} : { bodyId: 'body' as const }),
    ...(values.title.trim() ? {} : { title: 'title' as const }),
    ...(values.day && !values.from ? { from: 'from' as const } : {}),
    ...(startAt && endAt && endAt <= startAt ? { until: 'order' as const } : {}),
    ...(values.room === null && roomUrl && !isHttps(roomUrl) ? { roomUrl: 'room' as const } : {}),
  };
}

const hasPlace = (mode: MeetingMode): boolean => mode === 'room' || mode === 'hybrid';
const hasRoom = (mode: MeetingMode): boolean => mode === 'remote' || mode === 'hybrid';
export const asksFor = (mode: MeetingMode) => ({
  place: hasPlace(mode),
  room: hasRoom(mode),
  days: mode === 'written',
});

/** What is sent: fields that the kind of meeting does not ask for are left out. */
export function termsOf(values: MeetingValues) {
  const { title, mode, timeZone, note, workspaceId } = values;
  const asked = asksFor(mode);
  const place = asked.place ? values.place.trim() : '';
  const room = asked.room ? values.room : null;
  const roomUrl = asked.room && room === null ? values.roomUrl.trim() : '';
  const { startAt, endAt } = spanOf(values);
  return {
    fixed: { title: title.trim(), mode, timeZone, note: note.trim() },
    /** Absent: without. */
    open: {
      startAt,
      endAt,
      place: place || undefined,
      roomUrl: roomUrl || undefined,
      room: room ?? undefined,
      workspaceId: workspaceId ?? undefined,
    },
  };
}

type Open = ReturnType<typeof termsOf>['open'];

/** Without what is absent: for a new meeting. */
export const present = (open: Open): { [Key in keyof Open]?: NonNullable<Open[Key]> } =>
  Object.fromEntries(Object.entries(open).filter(([, value]) => value !== undefined));

/** With null for what is absent: for a change. */
export const orNull = ({ startAt, endAt, place, roomUrl, room, workspaceId }: Open) => ({
  startAt: startAt ?? null,
  endAt: endAt ?? null,
  place: place ?? null,
  roomUrl: roomUrl ?? null,
  room: room ?? null,
  workspaceId: workspaceId ?? null,
});
