import { DEFAULT_RULES } from '@concert/domain/governance/rule-set.ts';
import type { AgendaItem, Attendee, Meeting, MeetingLine } from '@concert/domain/meetings/shapes.ts';

export const anItem = (over: Partial<AgendaItem> = {}): AgendaItem => ({
  id: 'item-1',
  number: '1',
  title: 'Budget',
  note: '',
  kind: 'discussion',
  state: 'scheduled',
  late: false,
  plannedSec: 600,
  proposedBy: 'ada',
  papers: [],
  spentMs: 0,
  queueOpen: true,
  barred: false,
  ...over,
});

export const anAttendee = (over: Partial<Attendee> = {}): Attendee => ({
  personId: 'ada',
  name: 'Ada Martin',
  color: '#0b6b68',
  quality: 'voter',
  presence: 'out',
  ...over,
});

export const aLine = (over: Partial<MeetingLine> = {}): MeetingLine => ({
  id: 'm1',
  bodyId: 'board',
  bodyName: 'Comité',
  title: 'Comité — 12 janvier',
  mode: 'room',
  state: 'convened',
  startAt: '2027-01-12T08:30:00.000Z',
  endAt: '2027-01-12T11:00:00.000Z',
  timeZone: 'Europe/Paris',
  itemCount: 2,
  called: true,
  openVotes: 0,
  proxyOffers: 0,
  ...over,
});

export const aMeeting = (over: Partial<Meeting> = {}): Meeting => {
  const { itemCount: _, called: __, openVotes: ___, proxyOffers: ____, ...head } = aLine();
  return {
    ...head,
    rev: 1,
    now: '2026-11-23T08:30:00.000Z',
    note: '',
    rulesVersion: 0,
    rules: DEFAULT_RULES,
    agenda: [],
    attendees: [],
    proxies: [],
    conflicts: [],
    speakers: [],
    quorum: { asked: true, reached: false, needed: 2, present: 0, of: 3, unit: 'heads', secondCall: false },
    dateOptions: [],
    openPollIds: [],
    me: { conducts: true, takesPart: true, quality: 'voter', seatIds: ['seat-1'], presence: 'out' },
    ...over,
  };
};
