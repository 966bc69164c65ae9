import type { Locale } from '@concert/contract';
import { LOCALES } from '@concert/contract';
import type { Request } from 'express';

/** The language of the interface that a browser asks for; French where it asks for none that there is. */
export const localeOf = (request: Request): Locale => {
  const preferred = request.acceptsLanguages(...LOCALES);
  return LOCALES.find((locale) => locale === preferred) ?? 'fr';
};
