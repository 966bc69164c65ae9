import { useRef, useState } from 'react';

/**
 * What stands in a control whose stored form differs from what people type ("12 000,5" for "12000.50"). While it has
 * the focus it shows what was typed; a value that somebody else writes meanwhile replaces it, as it does in the document.
 */
export function useDraft<Stored>(stored: Stored, show: (stored: Stored) => string, commit: (typed: string) => Stored) {
  const [draft, setDraft] = useState<string>();
  const written = useRef<string>(undefined);
  const current = JSON.stringify(stored ?? null);
  const mine = draft !== undefined && written.current === current;
  return {
    value: mine ? draft : show(stored),
    onType: (typed: string) => {
      written.current = JSON.stringify(commit(typed) ?? null);
      setDraft(typed);
    },
    onLeave: () => setDraft(undefined),
  };
}

/** "12 000,5" → "12000.5"; what is no number stays as it was typed, for the form to say so. */
export function toDecimal(typed: string): string {
  const bare = typed.replace(/[\s\u00a0\u202f']/g, '').replace(',', '.');
  return /^-?\d+(\.\d*)?$/.test(bare) ? bare.replace(/\.$/, '') : typed.trim();
}

/** "12 000,5" → "12000.50"; what is no amount stays as it was typed. */
export function toAmount(typed: string): string {
  const decimal = toDecimal(typed);
  const match = /^(\d+)(?:\.(\d{1,2}))?$/.exec(decimal);
  return match ? `${match[1]}.${(match[2] ?? '').padEnd(2, '0')}` : decimal;
}

/** "12" → 12; what is no whole number stays as it was typed. */
export function toInteger(typed: string): number | string | undefined {
  const bare = typed.replace(/[\s\u00a0\u202f]/g, '');
  if (bare === '') return undefined;
  return /^-?\d{1,15}$/.test(bare) ? Number(bare) : typed.trim();
}

/** A stored number as the language writes it, and anything else as it is. */
export function showNumber(locale: string, stored: unknown, digits = 0): string {
  if (stored === undefined || stored === null) return '';
  const text = String(stored);
  if (!/^-?\d+(\.\d+)?$/.test(text)) return text;
  const decimals = Math.max(digits, /\.(\d+)$/.exec(text)?.[1]?.replace(/0+$/, '').length ?? 0);
  const shown = decimals > 0 && digits > 0 && Number.isInteger(Number(text)) ? 0 : decimals;
  return Number(text).toLocaleString(locale, { minimumFractionDigits: shown, maximumFractionDigits: shown });
}
