import { Text } from '@mantine/core';
import { IconFiles, IconUsersGroup } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { useText } from '../platform/i18n.ts';
import { orpc } from '../platform/query.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { ErrorState } from '../ui/error-state.tsx';
import { KindIcon } from '../ui/kind-icon.tsx';
import { AvatarStack } from '../ui/person-avatar.tsx';
import { Rows } from '../ui/rows.tsx';
import { Section } from '../ui/section.tsx';
import { ListSkeleton } from '../ui/skeletons.tsx';
import styles from './home-sections.module.css';
import { messages } from './messages.ts';
import { DocumentRow } from './parts/document-row.tsx';
import { usePresence } from './queries.ts';

const RECENT = 8;

/** On the home page: the documents of all my workspaces that changed last. */
export function RecentSection() {
  const t = useText(messages);
  const recent = useQuery(orpc.documents.recent.queryOptions({ input: { limit: RECENT } }));
  const { byDocument } = usePresence();
  return (
    <Section title={t('home.recent')}>
      {recent.isPending && <ListSkeleton count={4} />}
      {recent.isError && <ErrorState error={recent.error} onRetry={() => void recent.refetch()} />}
      {recent.isSuccess && recent.data.items.length === 0 && (
        <EmptyState icon={IconFiles} title={t('home.recent.empty.title')}>
          {t('home.recent.empty.body')}
        </EmptyState>
      )}
      <Rows label={t('home.recent')}>
        {(recent.data?.items ?? []).map((document) => (
          <DocumentRow key={document.id} document={document} withWorkspace here={byDocument.get(document.id) ?? []} />
        ))}
      </Rows>
    </Section>
  );
}

/** On the home page: who is in which document at this moment. */
export function HereSection() {
  const t = useText(messages);
  const { query, items } = usePresence();
  return (
    <Section title={t('home.here')}>
      {query.isPending && <ListSkeleton count={2} />}
      {query.isError && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
      {query.isSuccess && items.length === 0 && (
        <EmptyState icon={IconUsersGroup} title={t('home.here.empty.title')} compact>
          {t('home.here.empty.body')}
        </EmptyState>
      )}
      <Rows label={t('home.here')}>
        {items.map(({ documentId, title, kind, people }) => (
          <Link key={documentId} to={`/documents/${documentId}`} className={styles.here}>
            <KindIcon kind={kind} />
            <Text span size="sm" fw={530} className={styles.title}>
              {title}
            </Text>
            <AvatarStack people={people} max={4} size={24} />
          </Link>
        ))}
      </Rows>
    </Section>
  );
}
