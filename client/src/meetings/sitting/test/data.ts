import { DEFAULT_RULES } from '@concert/domain/governance/rule-set.ts';
import type { Poll } from '@concert/domain/meetings/polls-api.ts';
import type { AgendaItem, Attendee, Meeting, Speaker } from '@concert/domain/meetings/shapes.ts';

const NOW = '2026-11-23T08:30:00.000Z';

export const anItem = (over: Partial<AgendaItem> = {}): AgendaItem => ({
  id: 'one',
  number: '1',
  title: 'Budget',
  note: '',
  kind: 'decision',
  state: 'scheduled',
  late: false,
  plannedSec: 1_200,
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
  presence: 'in',
  ...over,
});

export const aSpeaker = (over: Partial<Speaker> = {}): Speaker => ({
  id: 'speech-1',
  itemId: 'one',
  personId: 'ada',
  kind: 'speech',
  state: 'waiting',
  askedAt: NOW,
  spentMs: 0,
  ...over,
});

export const aSitting = (over: Partial<Meeting> = {}): Meeting => ({
  id: 'meeting-1',
  bodyId: 'board',
  bodyName: 'Comité de pilotage',
  title: 'Comité du 23 novembre',
  mode: 'hybrid',
  state: 'in-session',
  timeZone: 'Europe/Paris',
  rev: 1,
  now: NOW,
  note: '',
  rulesVersion: 0,
  rules: DEFAULT_RULES,
  currentItemId: 'one',
  agenda: [anItem({ state: 'active', startedAt: NOW, runningSince: NOW })],
  attendees: [anAttendee()],
  proxies: [],
  conflicts: [],
  speakers: [],
  quorum: { asked: true, reached: true, needed: 11, present: 14, of: 20, unit: 'heads', secondCall: false },
  dateOptions: [],
  openPollIds: [],
  me: { conducts: false, takesPart: true, quality: 'voter', seatIds: ['seat-1'], presence: 'in' },
  ...over,
});

export const aPoll = (over: Partial<Poll> = {}): Poll => ({
  id: 'poll-1',
  meetingId: 'meeting-1',
  itemId: 'one',
  rev: 1,
  question: 'Adopter le budget ?',
  method: 'motion',
  options: [],
  limits: {},
  secrecy: 'named-after',
  majority: DEFAULT_RULES.majorities.ordinary,
  state: 'open',
  byHands: false,
  lot: [],
  register: [],
  turnout: { cast: 0, of: 3 },
  mine: [],
  voters: [],
  ...over,
});
