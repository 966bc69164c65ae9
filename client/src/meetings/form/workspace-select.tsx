import { Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useText } from '../../platform/i18n.ts';
import { orpc } from '../../platform/query.ts';
import { messages } from '../messages.ts';

/** In which of my workspaces the papers and the minutes of a meeting are kept. */
export function WorkspaceSelect({ value, onChange }: { value: string | null; onChange: (id: string | null) => void }) {
  const t = useText(messages);
  const mine = useQuery(orpc.workspaces.list.queryOptions({ input: { limit: 200, state: 'active' } }));
  const options = (mine.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }));
  // One that is somebody else's stays chosen, though its name is not the reader's to know.
  const known = value === null || mine.isPending || options.some((one) => one.value === value);
  if (known && options.length === 0) return null;
  return (
    <Select
      label={t('form.workspace')}
      description={t('form.workspaceHelp')}
      placeholder={t('form.noWorkspace')}
      clearable
      clearButtonProps={{ 'aria-label': t('form.noWorkspace') }}
      searchable
      data={known ? options : [{ value: value ?? '', label: t('form.otherWorkspace') }, ...options]}
      value={value}
      onChange={onChange}
    />
  );
}
