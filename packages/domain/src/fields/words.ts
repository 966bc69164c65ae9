import type { Localised } from '@concert/contract';
import type { Option } from './types.ts';

/** A text in French, English and Italian, in this order everywhere. */
export const words = (fr: string, en: string, it: string): Localised => ({ fr, en, it });

/** One choice of a closed list with its three labels. */
export const option = (value: string, fr: string, en: string, it: string): Option => ({
  value,
  label: words(fr, en, it),
});
