import { describe, expect, test } from '@jest/globals';
import type { MinutesRecord, RecordRef } from './minutes-record.ts';
import { minutesFacts, recordWords } from './minutes-words.ts';

const instant = (time: string): string => `2026-11-23T${time}:00.000Z`;

const record: MinutesRecord = {
  meeting: {
    ...{ id: 'm', title: 'November', body: 'Committee', mode: 'hybrid', place: 'Lyon', timeZone: 'Europe/Paris' },
    ...{ startAt: instant('13:00'), openedAt: instant('13:05'), endedAt: instant('15:00') },
  },
  people: [
    {
      ...{ name: 'Ada', seat: 'CHU', voting: true, was: 'there' },
      spells: [{ from: instant('13:05'), remote: false }],
    },
    {
      ...{ name: 'Bob', voting: true, was: 'there' },
      spells: [{ from: instant('13:30'), to: instant('14:10'), remote: true }],
    },
    { name: 'Cleo', voting: true, was: 'excused', spells: [] },
    { name: 'Dan', voting: true, was: 'absent', spells: [] },
    { name: 'Eve', voting: false, was: 'there', spells: [{ from: instant('13:05'), remote: false }] },
  ],
  proxies: [{ from: 'Cleo', to: 'Ada', itemId: 'i' }],
  quorum: { asked: true, reached: true, needed: 3, present: 3, of: 4, unit: 'heads', secondCall: false },
  items: [
    {
      ...{ id: 'i', number: '1', title: 'The budget', state: 'done', late: false, barred: false },
      ...{ plannedSec: 900, spentMs: 1_260_000, startedAt: instant('13:10'), endedAt: instant('13:31') },
      presenter: 'Ada',
      speakers: [
        { name: 'Bob', kind: 'speech', stance: 'contra', spentMs: 100_000 },
        { name: 'Bob', kind: 'question', spentMs: 20_000 },
      ],
      recused: [{ name: 'Dan', left: true }],
    },
    {
      ...{ id: 'k', number: '2', title: '', state: 'done', late: false, barred: true },
      ...{ plannedSec: 0, spentMs: 0, speakers: [], recused: [] },
    },
  ],
  polls: [
    {
      ...{ id: 'p', itemId: 'i', secrecy: 'named-after', byHands: false, annulled: false },
      vote: {
        ...{ question: 'Adopt it?', method: 'motion', outcome: 'adopted', settledBy: 'majority', elected: [] },
        majority: {
          ...{ base: 'yes-no', unit: 'heads', num: 1, den: 2, strict: true, tie: 'rejected', perCollege: false },
        },
        checks: [{ base: 'yes-no', unit: 'heads', of: 3, needed: 2, got: 2, met: true }],
        votes: { for: 2, against: 1, aside: 0 },
        turnout: { cast: 3, of: 4 },
      },
      lines: [
        { key: 'yes', heads: 2, weight: 2_000, elected: false },
        { key: 'no', heads: 1, weight: 1_000, elected: false },
      ],
      ballots: [
        { name: 'Ada', chosen: ['yes'] },
        { name: 'Cleo', by: 'Ada', chosen: ['yes'] },
        { name: 'Bob', chosen: ['no'] },
      ],
    },
  ],
  decisions: [
    {
      id: 'd',
      itemId: 'i',
      number: '2026-07',
      title: 'Budget',
      text: 'It is adopted.',
      result: 'adopted',
      annulled: false,
    },
  ],
  actions: [
    { id: 'a', itemId: 'i', title: 'Call the bank', owner: 'Bob', dueOn: '2026-12-12', state: 'done', ticks: true },
  ],
  carried: [],
};

const words = (part: RecordRef['part'], ref: string, locale: 'en' | 'fr' | 'it' = 'en') =>
  recordWords(record, { part, ref }, locale);

describe('what the blocks of minutes say', () => {
  test('[M71] attendance: who was there, from when to when, who was represented, and the quorum', () => {
    expect(words('attendance', 'm')?.lines).toEqual([
      { label: 'Sitting', text: expect.stringMatching(/^Monday,? 23 November 2026, 14:05–16:00$/) },
      { label: 'Place', text: 'Lyon' },
      { label: 'Present (2)', text: 'Ada (CHU), Bob (remotely from 14:30 until 15:10)' },
      { label: 'Also there', text: 'Eve' },
      { label: 'Proxies', text: 'Cleo to Ada (item 1)' },
      { label: 'Excused (1)', text: 'Cleo' },
      { label: 'Absent (1)', text: 'Dan' },
      { label: 'Quorum', text: 'reached: 3 of 4 present or represented, 3 needed' },
    ]);
  });

  test('[M71] an item: its times in the meeting’s time zone, who spoke how long, who took no part', () => {
    expect(words('item', 'i', 'fr')).toEqual({
      caption: '1. The budget',
      lines: [
        { label: 'Horaire', text: '14:10–14:31 · 21 min (prévu : 15 min)' },
        { label: 'Présenté par', text: 'Ada' },
        { label: 'Sont intervenus', text: 'Bob (2 min, contre, question)' },
        { label: 'Déport (conflit d’intérêts)', text: 'Dan (a quitté la salle)' },
      ],
    });
  });

  test('[M71] [M10] of an item that is kept from its reader, that it is there', () => {
    expect(words('item', 'k', 'it')).toEqual({
      caption: '2.',
      lines: [{ text: 'Un conflitto di interessi la tiene lontano da questo punto.' }],
    });
  });

  test('[M71] a vote: its result with the reason, the turnout, who chose what, and the counts', () => {
    const poll = words('poll', 'p');
    expect(poll?.caption).toBe('Vote: Adopt it?');
    expect(poll?.lines).toEqual([
      { label: 'Result', text: expect.stringMatching(/^Adopted: .*2.*$/) },
      { label: 'How', text: 'By name, votes shown with the result' },
      { label: 'Turnout', text: '3 of 4' },
      { label: 'For', text: 'Ada, Cleo (through Ada)' },
      { label: 'Against', text: 'Bob' },
    ]);
    expect(poll?.table).toEqual({
      header: ['Choice', 'Votes'],
      rows: [
        ['For', '2'],
        ['Against', '1'],
      ],
    });
  });

  test('[M71] decisions, actions and what was left open', () => {
    expect(words('decision', 'd', 'fr')).toEqual({
      caption: 'Décision 2026-07 : Budget',
      lines: [{ label: 'Résultat', text: 'Adoptée' }, { text: 'It is adopted.' }],
    });
    expect(words('action', 'a')).toMatchObject({
      caption: 'Call the bank',
      lines: [
        { label: 'Who', text: 'Bob' },
        { label: 'By', text: '12 Dec 2026' },
        { label: 'State', text: 'done' },
      ],
      done: true,
    });
    expect(words('carried', 'm')?.lines).toEqual([{ text: 'No action is open from earlier meetings.' }]);
  });

  test('[M71] nothing where there is nothing: another meeting’s block, something that is gone', () => {
    expect(words('attendance', 'another')).toBeNull();
    for (const part of ['item', 'poll', 'decision', 'action'] as const) expect(words(part, 'gone')).toBeNull();
  });

  test('[M72] [M73] the head of a file says how far the minutes have come, with the hashes of what was submitted', () => {
    const submitted = { at: instant('18:00'), hash: 'a1', recordHash: 'b2' };
    const approved = { at: '2026-12-14T10:00:00.000Z', meeting: 'December' };
    expect(minutesFacts({ record }, 'fr')).toEqual([
      { label: 'Instance', text: 'Committee' },
      { label: 'Compte rendu', text: 'Projet' },
    ]);
    expect(minutesFacts({ record, submitted }, 'it')[1]?.text).toBe(
      'Presentato il lunedì 23 novembre 2026, non ancora approvato',
    );
    expect(minutesFacts({ record, submitted, approved }, 'en')).toEqual([
      { label: 'Body', text: 'Committee' },
      {
        label: 'Minutes',
        text: expect.stringMatching(/^Approved on Monday,? 14 December 2026 in the meeting “December”$/),
      },
      { label: 'SHA-256 of the text', text: 'a1' },
      { label: 'SHA-256 of the record', text: 'b2' },
    ]);
  });
});
