import type { Locale } from '@concert/contract';
import { DEFAULT_RULES, type RuleSet, WORKING_GROUP_RULES } from '@concert/domain/governance/rule-set.ts';
import { describe, expect, test } from '@jest/globals';
import i18next from 'i18next';
import { formatList, formatNumber } from '../../platform/format.ts';
import { startI18n } from '../../platform/i18n.ts';
import { messages } from '../messages.ts';
import { durationText } from './duration.ts';
import { changedRules, RULE_IDS, sentencesOf, type Words } from './rule-words.ts';

function wordsIn(locale: Locale): Words {
  startI18n([messages], locale);
  return {
    t: (key, values) => i18next.t(String(key), { ns: messages.namespace, ...values }),
    time: (seconds) =>
      durationText(seconds, {
        number: (value, options) => formatNumber(locale, value, options),
        list: (items) => formatList(locale, items),
      }),
  };
}

const read = (locale: Locale, id: (typeof RULE_IDS)[number], change: Partial<RuleSet> = {}) =>
  sentencesOf(id, { ...DEFAULT_RULES, ...change }, wordsIn(locale)).join(' ');

describe('[G9] the rules of a body read', () => {
  test('in French as one would write them', () => {
    expect(read('fr', 'quorum')).toBe(
      'Pour qu’un vote ait lieu, plus de la moitié des sièges pourvus doivent être présents. ' +
        'Qui est représenté par procuration ne compte pas.',
    );
    expect(read('fr', 'ordinary')).toBe(
      'Une décision est adoptée si elle réunit plus de la moitié des voix pour et contre, sans compter les abstentions. ' +
        'Chaque siège compte selon son poids. À égalité, la voix de la présidence l’emporte.',
    );
    expect(read('fr', 'notice')).toBe('La convocation part au moins 12 jours francs avant la réunion.');
    expect(read('fr', 'speech', { speakSeconds: 150 })).toMatch(
      /^Une intervention dure 2\sminutes et 30\ssecondes au plus\.$/,
    );
  });

  test('in English and in Italian too', () => {
    expect(read('en', 'qualified')).toContain(
      'A qualified decision is adopted by at least two thirds of the valid votes, abstentions included.',
    );
    expect(read('en', 'proxies')).toBe('Proxies may be given. One person holds one at most.');
    expect(read('it', 'quorum')).toContain('Per votare, più della metà dei seggi coperti devono essere presenti.');
  });

  test.each(['fr', 'en', 'it'] as const)('whole in %s, whatever they are', (locale) => {
    const words = wordsIn(locale);
    const odd: RuleSet = {
      ...DEFAULT_RULES,
      quorum: { ...DEFAULT_RULES.quorum, base: 'seats', unit: 'weight', num: 4, den: 7, perCollege: true },
      noticeDays: 1,
      freezeHours: 1,
      lateItems: 'two-thirds',
      collegeSeconds: 3_600,
    };
    for (const rules of [DEFAULT_RULES, WORKING_GROUP_RULES, odd])
      for (const id of RULE_IDS)
        for (const sentence of sentencesOf(id, rules, words)) {
          expect(sentence).toMatch(/^\p{Lu}.+\.$/u);
          expect(sentence).not.toMatch(/\{\{|rules\./);
        }
  });

  test('without a vote of the chair in a tie where the body gives the chair no casting vote', () => {
    expect(read('en', 'ordinary', { castingVote: false })).toContain('In a tie, the motion is lost.');
  });

  test('as changed where they say something else, not where they are written otherwise', () => {
    const words = wordsIn('en');
    const halves = { ...DEFAULT_RULES, quorum: { ...DEFAULT_RULES.quorum, num: 2, den: 4 } };
    expect(changedRules(DEFAULT_RULES, halves, words)).toEqual([]);
    expect(changedRules(DEFAULT_RULES, WORKING_GROUP_RULES, words)).toEqual(['quorum', 'proxies', 'notice', 'freeze']);
  });
});
