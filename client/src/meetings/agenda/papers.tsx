import type { AgendaItem, Meeting } from '@concert/domain/meetings/shapes.ts';
import { ActionIcon, Select, Stack, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconFileText, IconLock, IconX } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import { useText } from '../../platform/i18n.ts';
import { client, orpc } from '../../platform/query.ts';
import { messages } from '../messages.ts';
import { useChange } from '../queries.ts';
import styles from './item-parts.module.css';

type Paper = AgendaItem['papers'][number];

/** The documents of an item; one that the reader may not open says so. */
export function PaperLinks({ papers }: { papers: readonly Paper[] }) {
  const t = useText(messages);
  if (papers.length === 0) return null;
  return (
    <ul className={styles.papers} aria-label={t('papers')}>
      {papers.map((paper) => (
        <li key={paper.documentId}>
          <PaperLink paper={paper} />
        </li>
      ))}
    </ul>
  );
}

function PaperLink({ paper: { documentId, title } }: { paper: Paper }) {
  const t = useText(messages);
  if (title === undefined)
    return (
      <span className={styles.paper}>
        <IconLock size={14} aria-hidden />
        <span>{t('papers.closed')}</span>
      </span>
    );
  return (
    <Link to={`/documents/${documentId}`} className={styles.paper}>
      <IconFileText size={14} aria-hidden />
      <span>{title || t('papers.untitled')}</span>
    </Link>
  );
}

/** Attaches documents to an item and takes them off again. */
export function PaperFields({ item, meeting }: { item: AgendaItem; meeting: Meeting }) {
  const t = useText(messages);
  const add = useChange(client.meetings.addPaper);
  const remove = useChange(client.meetings.removePaper);
  const path = { id: meeting.id, itemId: item.id };
  // What went out with a convocation stays: people have read it.
  const detaches = meeting.state === 'draft' || meeting.state === 'postponed';
  return (
    <Stack gap="xs">
      <DocumentSelect
        workspaceId={meeting.workspaceId}
        taken={item.papers.map(({ documentId }) => documentId)}
        onChoose={(documentId) => add.mutate({ ...path, documentId })}
      />
      {item.papers.length > 0 && (
        <ul className={styles.papers} aria-label={t('papers')}>
          {item.papers.map((paper) => (
            <li key={paper.documentId} style={{ display: 'flex', alignItems: 'center', maxWidth: '100%' }}>
              <PaperLink paper={paper} />
              {detaches && (
                <ActionIcon
                  size="sm"
                  aria-label={t('papers.remove', { title: paper.title ?? t('papers.closed') })}
                  disabled={remove.isPending}
                  onClick={() => remove.mutate({ ...path, documentId: paper.documentId })}
                >
                  <IconX size={15} aria-hidden />
                </ActionIcon>
              )}
            </li>
          ))}
        </ul>
      )}
    </Stack>
  );
}

type SelectProps = {
  readonly workspaceId: string | undefined;
  readonly taken: readonly string[];
  readonly onChoose: (documentId: string) => void;
};

/** A document that the reader may open, found by its title; those of the meeting's own workspace come first. */
function DocumentSelect({ workspaceId, taken, onChoose }: SelectProps) {
  const t = useText(messages);
  const [typed, setTyped] = useState('');
  const [q] = useDebouncedValue(typed.trim(), 200);
  const found = useQuery({
    ...orpc.documents.recent.queryOptions({ input: { limit: 30, ...(q ? { q } : {}) } }),
    placeholderData: keepPreviousData,
  });
  const documents = (found.data?.items ?? []).filter(({ id }) => !taken.includes(id));
  const own = documents.filter((one) => one.workspaceId === workspaceId);
  const inOrder = [...own, ...documents.filter((one) => one.workspaceId !== workspaceId)];
  return (
    <Select
      label={t('papers')}
      description={t('papers.help')}
      placeholder={t('papers.find')}
      searchable
      data={inOrder.map(({ id, title }) => ({ value: id, label: title || t('papers.untitled') }))}
      // Found by the server, which looks for words rather than for letters.
      filter={({ options }) => options}
      value={null}
      onChange={(id) => {
        if (id) onChoose(id);
        setTyped('');
      }}
      searchValue={typed}
      onSearchChange={setTyped}
      nothingFoundMessage={t('papers.none')}
      renderOption={({ option }) => (
        <Stack gap={0} miw={0}>
          <Text size="sm" truncate>
            {option.label}
          </Text>
          <Text size="xs" c="dimmed" truncate>
            {documents.find(({ id }) => id === option.value)?.workspaceName}
          </Text>
        </Stack>
      )}
    />
  );
}
