import { Group, MultiSelect, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useText } from '../../platform/i18n.ts';
import { orpc } from '../../platform/query.ts';
import { UntilField } from '../../ui/until-field.tsx';
import { messages } from '../messages.ts';
import type { Values } from './values.ts';

type Props = { readonly values: Values; readonly onChange: (change: Partial<Values>) => void };

/** On what a decision rests where nobody voted: when it was decided, how, and with which texts. */
export function OtherGrounds({ values, onChange }: Props) {
  const t = useText(messages);
  const named = values.basis === 'written' || values.basis === 'delegated';
  return (
    <>
      <Group align="flex-end" gap="sm">
        <TextInput
          flex="1 1 16rem"
          label={t('form.grounds')}
          description={t('form.grounds.help')}
          required={named}
          maxLength={1_000}
          value={values.grounds}
          onChange={(event) => onChange({ grounds: event.currentTarget.value })}
        />
        <UntilField
          label={t('form.decidedOn')}
          placeholder={t('form.decidedOn.today')}
          from="1990-01-01"
          w="11rem"
          value={values.decidedOn}
          onChange={(decidedOn) => onChange({ decidedOn })}
        />
      </Group>
      <Documents values={values} onChange={onChange} />
    </>
  );
}

/** Documents that the reader may open, found by their titles. */
function Documents({ values, onChange }: Props) {
  const t = useText(messages);
  const [typed, setTyped] = useState('');
  const [known, setKnown] = useState<Readonly<Record<string, string>>>({});
  const [q] = useDebouncedValue(typed.trim(), 200);
  const found = useQuery({
    ...orpc.documents.recent.queryOptions({ input: { limit: 30, ...(q ? { q } : {}) } }),
    placeholderData: keepPreviousData,
  });
  const titles = {
    ...known,
    ...Object.fromEntries((found.data?.items ?? []).map(({ id, title }) => [id, title || t('papers.untitled')])),
  };
  return (
    <MultiSelect
      label={t('form.documents')}
      description={t('form.documents.help')}
      placeholder={values.documents.length === 0 ? t('form.documents.find') : undefined}
      searchable
      maxValues={20}
      data={Object.entries(titles).map(([value, label]) => ({ value, label }))}
      value={[...values.documents]}
      onChange={(documents) => {
        setKnown(titles);
        onChange({ documents });
      }}
      searchValue={typed}
      onSearchChange={setTyped}
    />
  );
}
