import { FOUND_KINDS } from '@concert/domain/search/api.ts';
import { Button, Group, Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useText } from '../../platform/i18n.ts';
import { orpc } from '../../platform/query.ts';
import { PERIODS, type SearchFilter } from '../filter.ts';
import { useKindName } from '../kinds.ts';
import { messages } from '../messages.ts';
import styles from './filters.module.css';

type Props = { readonly filter: SearchFilter; readonly onChange: (filter: SearchFilter) => void };

/** The longest list that a choice offers. */
const MOST = 200;

/** What narrows a search: kind, workspace, author, time. */
export function Filters({ filter, onChange }: Props) {
  const t = useText(messages);
  const nameOf = useKindName();
  const workspaces = useQuery(orpc.workspaces.list.queryOptions({ input: { limit: MOST } }));
  const people = useQuery(orpc.accounts.people.queryOptions({ input: { limit: MOST } }));
  const { kind, workspaceId, authorId, period } = filter;
  const any = kind ?? workspaceId ?? authorId ?? period;
  return (
    <Group gap="sm" className={styles.filters}>
      <Select
        size="xs"
        aria-label={t('filter.kind')}
        placeholder={t('filter.kind.all')}
        data={FOUND_KINDS.map((value) => ({ value, label: nameOf(value) }))}
        value={kind ?? null}
        clearable
        onChange={(value) => onChange({ ...filter, kind: FOUND_KINDS.find((one) => one === value) })}
      />
      <Select
        size="xs"
        aria-label={t('filter.workspace')}
        placeholder={t('filter.workspace.all')}
        data={(workspaces.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))}
        value={workspaceId ?? null}
        clearable
        searchable
        onChange={(value) => onChange({ ...filter, workspaceId: value ?? undefined })}
      />
      <Select
        size="xs"
        aria-label={t('filter.author')}
        placeholder={t('filter.author.all')}
        data={(people.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))}
        value={authorId ?? null}
        clearable
        searchable
        nothingFoundMessage={t('filter.author.none')}
        onChange={(value) => onChange({ ...filter, authorId: value ?? undefined })}
      />
      <Select
        size="xs"
        aria-label={t('filter.period')}
        placeholder={t('filter.period.all')}
        data={PERIODS.map((value) => ({ value, label: t(`filter.period.${value}`) }))}
        value={period ?? null}
        clearable
        onChange={(value) => onChange({ ...filter, period: PERIODS.find((one) => one === value) })}
      />
      {any && (
        <Button size="xs" variant="subtle" onClick={() => onChange({ q: filter.q })}>
          {t('filter.clear')}
        </Button>
      )}
    </Group>
  );
}
