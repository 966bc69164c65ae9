import { Select, Stack, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useText } from '../../platform/i18n.ts';
import { orpc } from '../../platform/query.ts';
import { messages } from '../messages.ts';

type Props = {
  readonly value: string | null;
  readonly onChange: (id: string | null) => void;
  readonly error?: ReactNode;
};

/** Anybody of the installation, found by name: who keeps the bodies sees the people. */
export function PersonSelect({ value, onChange, error }: Props) {
  const t = useText(messages);
  const [typed, setTyped] = useState('');
  const [q] = useDebouncedValue(typed.trim(), 200);
  const found = useQuery({
    ...orpc.administration.people.queryOptions({ input: { limit: 30, ...(q ? { q } : {}) } }),
    placeholderData: keepPreviousData,
  });
  const people = new Map(
    (found.data?.items ?? []).filter(({ state }) => state !== 'erased').map((person) => [person.id, person]),
  );
  return (
    <Select
      data-autofocus
      label={t('mandate.person')}
      searchable
      clearable
      openOnFocus={false}
      data={[...people.values()].map(({ id, name }) => ({ value: id, label: name }))}
      // Names were found by the server; a search by address finds a name that does not hold it.
      filter={({ options }) => options}
      value={value}
      onChange={onChange}
      searchValue={typed}
      onSearchChange={setTyped}
      error={error}
      nothingFoundMessage={found.isSuccess && t('mandate.noPerson')}
      renderOption={({ option }) => {
        const person = people.get(option.value);
        return (
          <Stack gap={0} miw={0}>
            <Text size="sm" fw={560} truncate>
              {option.label}
            </Text>
            <Text size="xs" c="dimmed" truncate>
              {[person?.title, person?.organisationName].filter(Boolean).join(' · ') || person?.email}
            </Text>
          </Stack>
        );
      }}
    />
  );
}
