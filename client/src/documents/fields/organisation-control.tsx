import { Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { setValue, useValue } from '../../platform/editor/fields-binding.ts';
import { useText } from '../../platform/i18n.ts';
import { client, orpc } from '../../platform/query.ts';
import { messages } from '../messages.ts';
import { useControlProps } from './frame.tsx';
import { ProposeOrganisation } from './propose-organisation.tsx';
import { asId, withChosen } from './ref-controls.tsx';
import type { ControlOf } from './scalar-controls.tsx';

const CREATE = '+create';
const PAGE = 200;

/** Reads the directory page by page until an organisation turns up; null when it is not there. */
async function nameOf(id: string): Promise<string | null> {
  let cursor: string | undefined;
  do {
    const page = await client.organisations.list({ limit: PAGE, ...(cursor ? { cursor } : {}) });
    const found = page.items.find((one) => one.id === id);
    if (found) return found.name;
    cursor = page.next;
  } while (cursor !== undefined);
  return null;
}

/** The directory's first page, and the name of the chosen organisation wherever in the directory it is. */
function useDirectory(chosen: string | null) {
  const t = useText(messages);
  const first = useQuery(orpc.organisations.list.queryOptions({ input: { limit: PAGE } }));
  const known = first.data?.items.find(({ id }) => id === chosen)?.name;
  const further = useQuery({
    queryKey: [...orpc.organisations.key(), 'name', chosen],
    queryFn: () => nameOf(chosen ?? ''),
    enabled: chosen !== null && first.isSuccess && known === undefined,
    staleTime: 300_000,
  });
  return { first, name: known ?? (further.data === null ? t('organisation.unknown') : (further.data ?? '…')) };
}

/** An organisation of the directory; one that is not there yet is proposed on the spot. */
export function OrganisationControl({ field, map, path }: ControlOf<'organisation'>) {
  const { readOnly, ...props } = useControlProps(field, path);
  const t = useText(messages);
  const chosen = asId(useValue(map, field.id));
  const [search, setSearch] = useState('');
  const [proposed, setProposed] = useState<string>();
  const [q] = useDebouncedValue(search.trim(), 250);
  const { first, name } = useDirectory(chosen);
  const searching = q !== '' && q !== name;
  const found = useQuery({
    ...orpc.organisations.list.queryOptions({ input: { limit: 50, q } }),
    enabled: searching,
    placeholderData: keepPreviousData,
  });
  const items = (searching ? found.data?.items : first.data?.items) ?? [];
  const data = withChosen(
    items.map((one) => ({ value: one.id, label: one.name })),
    chosen,
    name,
  );
  const offersNew = searching && q.length >= 2 && !data.some(({ label }) => label.toLowerCase() === q.toLowerCase());
  return (
    <>
      <Select
        {...props}
        data={offersNew ? [...data, { value: CREATE, label: t('fields.createOrganisation', { name: q }) }] : data}
        value={chosen}
        readOnly={readOnly}
        searchable
        clearable={!readOnly && chosen !== null}
        filter={({ options }) => options}
        searchValue={search}
        onSearchChange={setSearch}
        placeholder={readOnly ? undefined : t('fields.searchOrganisation')}
        nothingFoundMessage={t('fields.nothingFound')}
        onChange={(id) => {
          if (id === CREATE) setProposed(q);
          else setValue(map, field.id, id ?? undefined);
        }}
      />
      <ProposeOrganisation
        name={proposed}
        onProposed={(id) => setValue(map, field.id, id)}
        onClose={() => setProposed(undefined)}
      />
    </>
  );
}
