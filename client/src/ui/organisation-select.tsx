import { Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useText } from '../platform/i18n.ts';
import { common } from '../platform/messages.ts';
import { orpc } from '../platform/query.ts';

type Props = {
  readonly label: string;
  readonly description?: string;
  readonly error?: ReactNode;
  readonly disabled?: boolean;
  readonly value?: string | null;
  readonly onChange?: (id: string | null) => void;
  /** The name of the organisation chosen so far, for when the search does not hold it. */
  readonly name?: string | undefined;
};

/** The organisation somebody belongs to, found by its name. */
export function OrganisationSelect({
  label,
  description,
  error,
  disabled = false,
  value = null,
  onChange,
  name,
}: Props) {
  const t = useText(common);
  const [typed, setTyped] = useState('');
  const [query] = useDebouncedValue(typed === name ? '' : typed, 200);
  const found = useQuery({
    ...orpc.organisations.list.queryOptions({ input: { limit: 50, ...(query ? { q: query } : {}) } }),
    placeholderData: keepPreviousData,
  });
  const options = (found.data?.items ?? []).map(({ id, name: known }) => ({ value: id, label: known }));
  const listed = value === null || options.some((option) => option.value === value);
  return (
    <Select
      label={label}
      description={description}
      error={error}
      disabled={disabled}
      data={listed || !name ? options : [{ value: value ?? '', label: name }, ...options]}
      value={value}
      onChange={(id) => onChange?.(id)}
      searchable
      clearable
      searchValue={typed}
      onSearchChange={setTyped}
      nothingFoundMessage={t('organisation.none')}
    />
  );
}
