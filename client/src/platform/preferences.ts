import type { Locale } from '@concert/contract';
import type { Me } from '@concert/domain/accounts/api.ts';
import { type MantineColorScheme, useMantineColorScheme } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { switchLocale, useLocale } from './i18n.ts';
import { orpc } from './query.ts';
import { useSession } from './session.tsx';

export type Preferences = {
  readonly locale: Locale;
  readonly scheme: MantineColorScheme;
  setLocale(locale: Locale): void;
  setScheme(scheme: MantineColorScheme): void;
};

type Choice = Partial<Pick<Me, 'locale' | 'scheme'>>;

/** What was chosen in this page before anybody signed in: the latest explicit choice wins over the profile. */
let chosenBefore: Choice = {};

/** Language and appearance: of this browser at once, and of the person's profile when somebody is signed in. */
export function usePreferences(): Preferences {
  const { me } = useSession();
  const queries = useQueryClient();
  const locale = useLocale();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const update = useMutation(orpc.accounts.updateMe.mutationOptions());
  const { queryKey } = orpc.accounts.me.queryOptions({ input: {} });

  const store = (change: Choice) => {
    if (!me) {
      chosenBefore = { ...chosenBefore, ...change };
      return;
    }
    queries.setQueryData(queryKey, { ...me, ...change });
    update.mutate(change);
  };
  return {
    locale,
    scheme: colorScheme,
    setLocale: (next) => {
      switchLocale(next);
      store({ locale: next });
    },
    setScheme: (next) => {
      setColorScheme(next);
      store({ scheme: next });
    },
  };
}

/** Takes over the language and appearance of the person who signed in, on this or another device. */
export function useFollowProfile(): void {
  const { me } = useSession();
  const { setColorScheme } = useMantineColorScheme();
  const { mutate } = useMutation(orpc.accounts.updateMe.mutationOptions());
  const locale = me?.locale;
  const scheme = me?.scheme;

  useEffect(() => {
    const chosen = chosenBefore.locale;
    if (locale && chosen && chosen !== locale) mutate({ locale: chosen });
    else if (locale) switchLocale(locale);
    if (locale) chosenBefore = { ...chosenBefore, locale: undefined };
  }, [locale, mutate]);
  useEffect(() => {
    const chosen = chosenBefore.scheme;
    if (scheme && chosen && chosen !== scheme) mutate({ scheme: chosen });
    else if (scheme) setColorScheme(scheme);
    if (scheme) chosenBefore = { ...chosenBefore, scheme: undefined };
  }, [scheme, mutate, setColorScheme]);
}
