import type { Locale } from '@concert/contract';
import { type CpvIndex, cpvLabel, loadCpv, searchCpv } from '@concert/domain/codes/codes.ts';
import { RIS3_DOMAINS } from '@concert/domain/codes/ris3.ts';
import { TERRITORIES } from '@concert/domain/codes/territories.ts';
import { Loader, MultiSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { setValue, useValue } from '../../platform/editor/fields-binding.ts';
import { useLocale, useText } from '../../platform/i18n.ts';
import { messages } from '../messages.ts';
import styles from './controls.module.css';
import { useControlProps } from './frame.tsx';
import type { ControlOf } from './scalar-controls.tsx';

type Choice = { readonly value: string; readonly label: string };
type Group = { readonly group: string; readonly items: readonly Choice[] };

/** The texts of a stored list, and nothing else that may be in it. */
export const listOf = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];

/** Codes are kept sorted and unique, so that the same choice is the same value whoever made it. */
export const sortedUnique = (codes: readonly string[]): string[] | undefined =>
  codes.length === 0 ? undefined : [...new Set(codes)].sort();

const codeAndLabel = (code: string, label: string): string => (label.startsWith(code) ? label : `${code} · ${label}`);

/** Choices of a short list, in its groups. What is chosen but no longer in the list is shown by its code. */
function useChoices(list: 'territories' | 'ris3', chosen: readonly string[]): Group[] {
  const locale = useLocale();
  const t = useText(messages);
  const groups = list === 'territories' ? territoryGroups(locale, t) : domainGroups(locale, t);
  const known = new Set(groups.flatMap(({ items }) => items.map(({ value }) => value)));
  const others = chosen.filter((code) => !known.has(code)).map((code) => ({ value: code, label: code }));
  return others.length > 0 ? [...groups, { group: t('fields.others'), items: others }] : groups;
}

type Say = ReturnType<typeof useText<keyof (typeof messages)['texts']['fr'] & string>>;

function territoryGroups(locale: Locale, t: Say): Group[] {
  const items = (neighbour: boolean) =>
    TERRITORIES.filter(({ kind }) => (kind === 'neighbour') === neighbour).map(({ code, label }) => ({
      value: code,
      label: codeAndLabel(code, label[locale]),
    }));
  return [
    { group: t('fields.region'), items: items(false) },
    { group: t('fields.neighbours'), items: items(true) },
  ];
}

function domainGroups(locale: Locale, t: Say): Group[] {
  const strategies = [...new Set(RIS3_DOMAINS.map(({ strategy }) => strategy))].toReversed();
  return strategies.map((strategy) => ({
    group: t(`strategy.${strategy}`),
    items: RIS3_DOMAINS.filter((domain) => domain.strategy === strategy).map(({ code, label }) => ({
      value: code,
      label: codeAndLabel(code, label[locale]),
    })),
  }));
}

export function CodesControl(props: ControlOf<'codes'>) {
  if (props.field.list === 'cpv') return <CpvControl {...props} />;
  return <ShortListControl {...props} list={props.field.list} />;
}

function ShortListControl({ field, map, path, list }: ControlOf<'codes'> & { list: 'territories' | 'ris3' }) {
  const { readOnly, ...props } = useControlProps(field, path);
  const t = useText(messages);
  const chosen = listOf(useValue(map, field.id));
  const data = useChoices(list, chosen);
  return (
    <MultiSelect
      {...props}
      classNames={{ inputField: styles.search }}
      data={data.map(({ group, items }) => ({ group, items: [...items] }))}
      value={chosen}
      readOnly={readOnly}
      searchable
      hidePickedOptions
      nothingFoundMessage={t('fields.nothingFound')}
      placeholder={chosen.length === 0 && !readOnly ? t('fields.choose') : undefined}
      onChange={(codes) => setValue(map, field.id, sortedUnique(codes))}
    />
  );
}

const MOST_FOUND = 40;

function cpvChoices(index: CpvIndex | undefined, search: string, chosen: readonly string[], locale: Locale): Choice[] {
  const named = (code: string) => (index ? (cpvLabel(index, code, locale) ?? code) : code);
  const found = index && search.trim() !== '' ? searchCpv(index, search, locale, MOST_FOUND) : [];
  const divisions = index && search.trim() === '' ? index.codes.filter(({ code }) => code.endsWith('000000')) : [];
  const codes = new Set([...chosen, ...found.map(({ code }) => code), ...divisions.map(({ code }) => code)]);
  return [...codes].map((code) => ({ value: code, label: codeAndLabel(code, named(code)) }));
}

/** Codes of the procurement vocabulary: found by number or by words; fetched when the control is first used. */
function CpvControl({ field, map, path }: ControlOf<'codes'>) {
  const { readOnly, ...props } = useControlProps(field, path);
  const t = useText(messages);
  const locale = useLocale();
  const chosen = listOf(useValue(map, field.id));
  const [search, setSearch] = useState('');
  const [asked, setAsked] = useState(false);
  const query = useQuery({
    queryKey: ['cpv'],
    queryFn: loadCpv,
    enabled: asked || chosen.length > 0,
    staleTime: Number.POSITIVE_INFINITY,
  });
  return (
    <MultiSelect
      {...props}
      classNames={{ inputField: styles.search }}
      data={cpvChoices(query.data, search, chosen, locale)}
      value={chosen}
      readOnly={readOnly}
      searchable
      hidePickedOptions
      filter={({ options }) => options}
      searchValue={search}
      onSearchChange={setSearch}
      onFocus={() => setAsked(true)}
      nothingFoundMessage={query.isError ? t('fields.listUnavailable') : t('fields.nothingFound')}
      rightSection={query.isFetching ? <Loader size={14} /> : undefined}
      placeholder={chosen.length === 0 && !readOnly ? t('fields.cpvSearch') : undefined}
      onChange={(codes) => setValue(map, field.id, sortedUnique(codes))}
    />
  );
}
