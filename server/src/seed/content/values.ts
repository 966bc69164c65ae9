import type { Money, MoneyRange, YearCost } from './types.ts';

/** Whole euros as a money value. */
export const eur = (euros: number): Money => ({ amount: euros.toFixed(2), currency: 'EUR' });

/** Whole euros, from and to. */
export const eurRange = (min: number, max: number): MoneyRange => ({
  min: min.toFixed(2),
  max: max.toFixed(2),
  currency: 'EUR',
});

/** The same cost each year from `from` to `to`, both inclusive, counted from 1. */
export const everyYear = (from: number, to: number, euros: number): readonly YearCost[] =>
  Array.from({ length: to - from + 1 }, (_, at) => ({ year: from + at, money: eur(euros) }));

/** Opens the identity section of every invented need, so that nobody takes one for a real need. */
export const FICTITIOUS = {
  fr: 'Besoin fictif de démonstration',
  en: 'Fictitious demonstration need',
} as const;
