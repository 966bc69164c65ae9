import { describe, expect, test } from '@jest/globals';
import { formatBytes, formatDate, formatDateTime, formatList, formatMoney, formatRelative } from './format.ts';

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

test('sizes are told in the unit that fits', () => {
  expect([0, 999, 1500, 12_345, 2_500_000, 3e9].map((size) => formatBytes('en', size))).toEqual([
    '0 byte',
    '999 byte',
    '1.5 kB',
    '12 kB',
    '2.5 MB',
    '3 GB',
  ]);
  expect(formatBytes('fr', 2_500_000).replace(/\s/u, ' ')).toBe('2,5 Mo');
});
