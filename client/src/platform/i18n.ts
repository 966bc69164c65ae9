import { LOCALES, type Locale } from '@concert/contract';
import i18next from 'i18next';
import { initReactI18next, useTranslation } from 'react-i18next';

type Plain = Readonly<Record<string, string>>;

/** Plural forms are written `key_one` and `key_other`, and asked for as `key` with a `count`. */
type AskedAs<Key> = Key extends `${infer Stem}_one` | `${infer Stem}_other` ? Stem : Key;

export type Values = Readonly<Record<string, string | number>>;

/** The texts of one slice in the three languages, under the name of the slice. */
export type Messages<Key extends string = string> = {
  readonly namespace: string;
  readonly texts: Readonly<Record<Locale, Readonly<Record<Key, string>>>>;
};

/** Says a text in the language of the moment. */
export type Say<Key extends string = string> = (key: AskedAs<Key>, values?: Values) => string;

/** A text that is named now and said later: what modules contribute before the language is known. */
export type TextRef = { readonly namespace: string; readonly key: string; readonly values?: Values };

/** Declares the texts of a slice; the compiler refuses a key that one of the languages lacks or has too many. */
export function defineMessages<const Fr extends Plain>(
  namespace: string,
  texts: { fr: Fr; en: Record<keyof Fr & string, string>; it: Record<keyof Fr & string, string> },
): Messages<keyof Fr & string> {
  return { namespace, texts };
}

/** Names a text of a slice, to be said by `useRefText`. */
export const ref = <Key extends string>(messages: Messages<Key>, key: AskedAs<Key>, values?: Values): TextRef =>
  values
    ? { namespace: messages.namespace, key: String(key), values }
    : { namespace: messages.namespace, key: String(key) };

const STORED = 'concert.locale';
const isLocale = (value: unknown): value is Locale => LOCALES.some((locale) => locale === value);

/** The language before anybody is signed in: the one chosen here last time, else the browser's, else French. */
export function firstLocale(stored: string | null, preferred: readonly string[]): Locale {
  const wanted = [stored ?? '', ...preferred].map((tag) => tag.slice(0, 2).toLowerCase());
  return wanted.find(isLocale) ?? 'fr';
}

/** Starts translation with the texts of every slice. Synchronous: texts are in the bundle. */
export function startI18n(
  all: readonly Messages[],
  lng: Locale = firstLocale(readStored(), navigator.languages),
): void {
  void i18next.use(initReactI18next).init({
    lng,
    fallbackLng: 'en',
    supportedLngs: [...LOCALES],
    resources: Object.fromEntries(
      LOCALES.map((locale) => [locale, Object.fromEntries(all.map((one) => [one.namespace, one.texts[locale]]))]),
    ),
    keySeparator: false,
    nsSeparator: false,
    initAsync: false,
    interpolation: { escapeValue: false },
    react: { useSuspense: false },
  });
  document.documentElement.lang = lng;
}

/** Switches the language of this browser; the profile of the person is the caller's business. */
export function switchLocale(locale: Locale): void {
  writeStored(locale);
  document.documentElement.lang = locale;
  void i18next.changeLanguage(locale);
}

/** The language of the moment. */
export function useLocale(): Locale {
  const { i18n } = useTranslation();
  return isLocale(i18n.language) ? i18n.language : 'fr';
}

/** The texts of one slice, said in the language of the moment. */
export function useText<Key extends string>(messages: Messages<Key>): Say<Key> {
  const { t } = useTranslation(messages.namespace);
  return (key, values) => t(String(key), { ...values });
}

/** Says texts that other slices named. */
export function useRefText(): (text: TextRef) => string {
  const { t } = useTranslation();
  return ({ namespace, key, values }) => t(key, { ns: namespace, ...values });
}

/** Looks a key up in every slice; undefined when none has it. For codes that come from the server. */
export function findText(key: string, values?: Values): string | undefined {
  const language = isLocale(i18next.language) ? i18next.language : 'fr';
  const bundles: Record<string, Plain> = i18next.getDataByLanguage(language) ?? {};
  const namespace = Object.keys(bundles).find((name) => bundles[name]?.[key] !== undefined);
  return namespace ? i18next.t(key, { ns: namespace, ...values }) : undefined;
}

// A browser may refuse storage altogether (private windows, policies): the choice then lasts as long as the page.
function readStored(): string | null {
  try {
    return localStorage.getItem(STORED);
  } catch {
    return null;
  }
}

function writeStored(locale: Locale): void {
  try {
    localStorage.setItem(STORED, locale);
  } catch {
    return;
  }
}
