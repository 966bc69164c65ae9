import { LOCALES } from '@concert/contract';
import { describe, expect, test } from '@jest/globals';
import {
  cpvLabel,
  isCpv,
  isRis3,
  isTerritory,
  loadCpv,
  ris3Label,
  ris3ValidOn,
  searchCpv,
  territoryLabel,
} from './codes.ts';
import { RIS3_DOMAINS } from './ris3.ts';
import { TERRITORIES } from './territories.ts';

const codesOf = (found: readonly { code: string }[]) => found.map(({ code }) => code);

describe('the procurement vocabulary', () => {
  test('holds 9 454 codes of eight digits, each labelled in three languages', async () => {
    const index = await loadCpv();
    expect(index.byCode.size).toBe(9454);
    for (const entry of index.codes) {
      expect(entry.code).toMatch(/^\d{8}$/);
      for (const locale of LOCALES) expect(entry[locale].trim()).not.toBe('');
    }
  });

  test('is read once', async () => {
    expect(await loadCpv()).toBe(await loadCpv());
  });

  test('labels a known code and nothing else', async () => {
    const index = await loadCpv();
    expect(cpvLabel(index, '34927100', 'fr')).toBe('Sel de déneigement');
    expect(cpvLabel(index, '34927100', 'en')).toBe('Road salt');
    expect(cpvLabel(index, '99999999', 'fr')).toBeUndefined();
    expect(isCpv(index, '73000000')).toBe(true);
    expect(isCpv(index, '73000000-2')).toBe(false);
  });

  test('is searched by the beginning of a code, with or without its check digit', async () => {
    const index = await loadCpv();
    expect(codesOf(searchCpv(index, '3492', 'fr', 3))).toEqual(['34920000', '34921000', '34921100']);
    expect(codesOf(searchCpv(index, '73000000-2', 'en', 5))).toEqual(['73000000']);
  });

  test('is searched by words whatever the accents, the case and the ligatures', async () => {
    const index = await loadCpv();
    expect(codesOf(searchCpv(index, 'DENEIGEMENT sel', 'fr', 5))).toContain('34927100');
    expect(codesOf(searchCpv(index, 'linge hop', 'fr', 5))).toContain('39518000');
    expect(codesOf(searchCpv(index, 'mœurs', 'fr', 5))).toEqual(codesOf(searchCpv(index, 'moeurs', 'fr', 5)));
  });

  test('answers labels that open with the query first, broader codes before narrower ones', async () => {
    const index = await loadCpv();
    const [first] = searchCpv(index, 'research and dev', 'en', 10);
    expect(first?.code).toBe('73000000');
  });

  test('answers at most what was asked, and nothing to an empty query', async () => {
    const index = await loadCpv();
    expect(searchCpv(index, 'travaux', 'fr', 7)).toHaveLength(7);
    expect(searchCpv(index, ' - ', 'fr', 7)).toEqual([]);
  });
});

describe('territories', () => {
  test('are 13 in the region, with the Rhône and the Lyon Metropolis inside department 69, and 4 neighbours', () => {
    expect(TERRITORIES.filter(({ kind }) => kind !== 'neighbour')).toHaveLength(13);
    expect(codesOf(TERRITORIES.filter(({ department }) => department === '69'))).toEqual(['69', '69M']);
    expect(codesOf(TERRITORIES.filter(({ kind }) => kind === 'neighbour'))).toEqual([
      'ITC11',
      'ITC20',
      'CH013',
      'FRL02',
    ]);
  });

  test('are known by department or NUTS 3 code', () => {
    expect(territoryLabel('38', 'fr')).toBe('Isère');
    expect(territoryLabel('FRK24', 'fr')).toBe('Isère');
    expect(territoryLabel('FRK26', 'it')).toBe('Rodano');
    expect(territoryLabel('ITC11', 'en')).toBe('Turin');
    expect(isTerritory('75')).toBe(false);
    expect(territoryLabel('75', 'fr')).toBeUndefined();
  });
});

describe('smart-specialisation domains', () => {
  test('are unique, labelled, and lead only to domains of the table', () => {
    expect(new Set(codesOf(RIS3_DOMAINS)).size).toBe(RIS3_DOMAINS.length);
    for (const domain of RIS3_DOMAINS) {
      for (const locale of LOCALES) expect(domain.label[locale]).not.toBe('');
      expect(domain.mapsTo.every(isRis3)).toBe(true);
    }
  });

  test('are labelled by code', () => {
    expect(ris3Label('RA5', 'en')).toBe('Smart mobility');
    expect(ris3Label('XX9', 'fr')).toBeUndefined();
    expect(isRis3('AU4')).toBe(true);
  });

  test('were in force between the dates of their strategy', () => {
    expect(ris3ValidOn('RA1', '2016-05-10')).toBe(true);
    expect(ris3ValidOn('RA1', '2020-12-31')).toBe(true);
    expect(ris3ValidOn('RA1', '2026-11-23')).toBe(false);
    expect(ris3ValidOn('ED4', '2016-05-10')).toBe(false);
    expect(ris3ValidOn('ED4', '2026-11-23')).toBe(true);
  });
});
