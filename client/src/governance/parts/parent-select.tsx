import { Select, Text } from '@mantine/core';
import { useText } from '../../platform/i18n.ts';
import { messages } from '../messages.ts';
import { placesFor } from '../tree/tree.ts';
import { useBodies } from './queries.ts';

type Props = {
  /** The body that is to stand below another; a new one has no id yet. */
  readonly id: string | undefined;
  readonly value: string | null;
  readonly onChange: (parentId: string | null) => void;
};

/** [G10] The body to which another reports: none that is itself below that one. */
export function ParentSelect({ id, value, onChange }: Props) {
  const t = useText(messages);
  const active = useBodies('active').data ?? [];
  const archived = useBodies('archived').data ?? [];
  // Archived bodies take in nobody, but one that is there already is named.
  const places = placesFor([...active, ...archived], id).filter(
    ({ body }) => body.state === 'active' || body.id === value,
  );
  const depths = new Map(places.map(({ body, depth }) => [body.id, depth]));
  return (
    <Select
      label={t('form.parent')}
      description={t('form.parentHelp')}
      placeholder={t('form.parentNone')}
      searchable
      clearable
      data={places.map(({ body }) => ({ value: body.id, label: body.name }))}
      value={value}
      onChange={onChange}
      nothingFoundMessage={t('form.parentUnknown')}
      renderOption={({ option }) => (
        <Text size="sm" ps={`${(depths.get(option.value) ?? 0) * 0.9}rem`}>
          {option.label}
        </Text>
      )}
    />
  );
}
