import { DOCUMENT_KINDS, type DocumentKind } from '@concert/domain/documents/api.ts';
import type { Field } from '@concert/domain/fields/types.ts';
import { fieldsOfKind } from '@concert/domain/kinds.ts';
import { type ComboboxItem, MultiSelect, Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import * as Y from 'yjs';
import { type FieldMap, readRows, setValue, useDeepRevision, useValue } from '../../platform/editor/fields-binding.ts';
import { useText } from '../../platform/i18n.ts';
import { orpc } from '../../platform/query.ts';
import { messages } from '../messages.ts';
import { listOf, sortedUnique } from './code-controls.tsx';
import { useFields } from './context.tsx';
import styles from './controls.module.css';
import { useControlProps } from './frame.tsx';
import type { ControlOf } from './scalar-controls.tsx';

export const asId = (value: unknown): string | null => (typeof value === 'string' ? value : null);

/** Adds what is chosen to the choices, so that it keeps its name while the search shows others. */
export function withChosen(data: ComboboxItem[], chosen: string | null, name: string | undefined): ComboboxItem[] {
  if (chosen === null || data.some(({ value }) => value === chosen)) return data;
  return [{ value: chosen, label: name ?? chosen }, ...data];
}

/** Somebody with whom the reader shares a workspace. */
export function PersonControl({ field, map, path }: ControlOf<'person'>) {
  const { readOnly, ...props } = useControlProps(field, path);
  const t = useText(messages);
  const { workspaceId } = useFields();
  const chosen = asId(useValue(map, field.id));
  const people = useQuery(orpc.accounts.people.queryOptions({ input: { limit: 200 } }));
  const items = (people.data?.items ?? []).toSorted(
    (a, b) => Number(b.workspaceIds.includes(workspaceId)) - Number(a.workspaceIds.includes(workspaceId)),
  );
  return (
    <Select
      {...props}
      data={withChosen(
        items.map(({ id, name, organisationName }) => ({
          value: id,
          label: organisationName ? `${name} (${organisationName})` : name,
        })),
        chosen,
        t('fields.formerMember'),
      )}
      value={chosen}
      readOnly={readOnly}
      searchable
      clearable={!readOnly && chosen !== null}
      placeholder={readOnly ? undefined : t('fields.searchPerson')}
      nothingFoundMessage={t('fields.nothingFound')}
      onChange={(id) => setValue(map, field.id, id ?? undefined)}
    />
  );
}

const isKind = (kind: string): kind is DocumentKind => DOCUMENT_KINDS.some((known) => known === kind);

/** Other documents of one kind, out of those that the reader may read. */
export function DocumentsControl({ field, map, path }: ControlOf<'documents'>) {
  const { readOnly, ...props } = useControlProps(field, path);
  const t = useText(messages);
  const { room } = useFields();
  const chosen = listOf(useValue(map, field.id));
  const kind = isKind(field.kind) ? { kind: field.kind } : {};
  const documents = useQuery(orpc.documents.recent.queryOptions({ input: { limit: 200, ...kind } }));
  const items = (documents.data?.items ?? []).filter(({ id }) => id !== room.documentId);
  const known = new Set(items.map(({ id }) => id));
  const unknown = chosen.filter((id) => !known.has(id)).map((id) => ({ value: id, label: t('fields.closedDocument') }));
  return (
    <MultiSelect
      {...props}
      classNames={{ inputField: styles.search }}
      data={[
        ...items.map(({ id, title, workspaceName }) => ({ value: id, label: `${title} (${workspaceName})` })),
        ...unknown,
      ]}
      value={chosen}
      readOnly={readOnly}
      searchable
      hidePickedOptions
      placeholder={chosen.length === 0 && !readOnly ? t('fields.choose') : undefined}
      nothingFoundMessage={t('fields.nothingFound')}
      onChange={(ids) => setValue(map, field.id, sortedUnique(ids))}
    />
  );
}

/** The first words that a row says, for naming it elsewhere. */
export function rowLabel(row: FieldMap, columns: readonly Field[]): string {
  for (const { id, type } of columns) {
    const value = row.get(id);
    if (type === 'text' && typeof value === 'string' && value.trim() !== '') return value;
    if (type === 'long-text' && value instanceof Y.Text && value.length > 0) return value.toString();
  }
  return '';
}

/** Rows of another field of the same document, named by their first words. */
export function RowRefsControl({ field, map, path }: ControlOf<'row-refs'>) {
  const { readOnly, ...props } = useControlProps(field, path);
  const t = useText(messages);
  const { room, kind } = useFields();
  useDeepRevision(room.fields);
  const chosen = listOf(useValue(map, field.id));
  const source = fieldsOfKind(kind).find(({ id }) => id === field.of);
  const columns = source?.type === 'rows' ? source.columns : [];
  const rows = readRows(room.fields.get(field.of));
  const data = rows.map(({ id, row }, at) => ({
    value: id,
    label: `${at + 1}. ${rowLabel(row, columns) || t('fields.unnamedRow')}`,
  }));
  // A row that somebody removed since counts no more; it goes for good with the next choice made here.
  const present = chosen.filter((id) => rows.some((entry) => entry.id === id));
  return (
    <MultiSelect
      {...props}
      classNames={{ inputField: styles.search }}
      data={data}
      value={present}
      readOnly={readOnly}
      searchable
      hidePickedOptions
      placeholder={present.length === 0 && !readOnly ? t('fields.choose') : undefined}
      nothingFoundMessage={t('fields.noRows')}
      onChange={(ids) => setValue(map, field.id, sortedUnique(ids))}
    />
  );
}
