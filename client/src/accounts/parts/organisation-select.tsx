import { Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useText } from '../../platform/i18n.ts';
import { orpc } from '../../platform/query.ts';
import { messages } from '../messages.ts';

type Props = {
  readonly value?: string | null;
  readonly onChange?: (id: string | null) => void;
  /** The name of the organisation chosen so far, for when the search does not hold it. */
  readonly name?: string | undefined;
};

/** The organisation somebody belongs to, found by its name. */
export function OrganisationSelect({ value = null, onChange, name }: Props) {
  const t = useText(messages);
  const [typed, setTyped] = useState('');
  const [query] = useDebouncedValue(typed === name ? '' : typed, 200);
  const found = useQuery({
    ...orpc.organisations.list.queryOptions({ input: { limit: 50, ...(query ? { q: query } : {}) } }),
    placeholderData: keepPreviousData,
  });
  const options = (found.data?.items ?? []).map(({ id, name: label }) => ({ value: id, label }));
  const known = value === null || options.some((option) => option.value === value);
  return (
    <Select
      label={t('profile.organisation')}
      description={t('profile.organisationHelp')}
      data={known || !name ? options : [{ value: value ?? '', label: name }, ...options]}
      value={value}
      onChange={(id) => onChange?.(id)}
      searchable
      clearable
      searchValue={typed}
      onSearchChange={setTyped}
      nothingFoundMessage={t('profile.noOrganisation')}
    />
  );
}
