import { Group, Select } from '@mantine/core';
import { useText } from '../../platform/i18n.ts';
import { messages } from '../messages.ts';
import { useBodies } from '../queries.ts';

type Props = { readonly bodyId: string | undefined; readonly onChange: (id: string | null) => void };

/** Of which body, where there are several. */
export function BodyFilter({ bodyId, onChange }: Props) {
  const t = useText(messages);
  const { all } = useBodies();
  if (all.length <= 1) return null;
  return (
    <Group mb="lg">
      <Select
        aria-label={t('filter.body')}
        placeholder={t('filter.all')}
        w="100%"
        maw="22rem"
        clearable
        clearButtonProps={{ 'aria-label': t('filter.all') }}
        searchable
        data={all.map(({ id, name }) => ({ value: id, label: name }))}
        value={bodyId ?? null}
        onChange={onChange}
      />
    </Group>
  );
}
