import { describe, expect, test } from '@jest/globals';
import { formatDate, formatDateTime, formatList, formatMoney, formatRelative } from './format.ts';

/** Languages part digits with several kinds of space. */
const plain = (text: string): string => text.replace(/\s/g, ' ');
const NOW = Date.parse('2026-11-23T12:00:00.000Z');

describe('dates', () => {
  test('are written out in the region’s time', () => {
    expect(formatDate('fr', '2026-11-22T23:30:00.000Z')).toBe('23 novembre 2026');
    expect(formatDate('en', '2026-11-22T23:30:00.000Z')).toBe('23 November 2026');
    expect(plain(formatDateTime('it', '2026-11-23T08:30:00.000Z'))).toMatch(/^23 novembre 2026.*09:30$/);
  });

  test('of a calendar keep their day wherever they are read', () => {
    expect(formatDate('it', '2026-01-01')).toBe('1 gennaio 2026');
  });

  test('near now are told by their distance', () => {
    expect(formatRelative('fr', '2026-11-23T11:59:40.000Z', NOW)).toBe('maintenant');
    expect(formatRelative('fr', '2026-11-23T11:55:00.000Z', NOW)).toBe('il y a 5 minutes');
    expect(formatRelative('en', '2026-11-22T12:00:00.000Z', NOW)).toBe('yesterday');
    expect(formatRelative('it', '2026-11-26T12:00:00.000Z', NOW)).toBe('tra 3 giorni');
  });
});

describe('money', () => {
  test('shows cents only when there are some', () => {
    expect(plain(formatMoney('fr', { amount: '12000.00', currency: 'EUR' }))).toBe('12 000 €');
    expect(plain(formatMoney('fr', { amount: '12000.50', currency: 'EUR' }))).toBe('12 000,50 €');
    expect(plain(formatMoney('en', { amount: '12000.00', currency: 'EUR' }))).toBe('€12,000');
    expect(plain(formatMoney('it', { amount: '12000.00', currency: 'EUR' }))).toBe('12.000 €');
  });
});

test('names are listed as the language does', () => {
  expect(formatList('fr', ['Ada', 'Bob', 'Zoé'])).toBe('Ada, Bob et Zoé');
  expect(formatList('it', ['Ada', 'Bob'])).toBe('Ada e Bob');
});
