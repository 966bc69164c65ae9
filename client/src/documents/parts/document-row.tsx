import type { DocumentItem } from '@concert/domain/documents/api.ts';
import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { useText } from '../../platform/i18n.ts';
import { common } from '../../platform/messages.ts';
import { KindIcon } from '../../ui/kind-icon.tsx';
import { AvatarStack, type Face } from '../../ui/person-avatar.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { messages } from '../messages.ts';
import { CompletenessRing } from './completeness-ring.tsx';
import styles from './document-row.module.css';

type Props = {
  readonly document: DocumentItem;
  readonly here?: readonly Face[];
  readonly withWorkspace?: boolean;
  /** Instead of a link to the document: what the trash offers. */
  readonly action?: ReactNode;
};

/** A document in a list: its kind, how complete it is, who changed it last, who is in it now. */
export function DocumentRow({ document, here = [], withWorkspace = false, action }: Props) {
  const t = useText(messages);
  const say = useText(common);
  const { id, kind, title, completeness, updatedBy, createdBy, updatedAt, trashedAt, workspaceName } = document;
  const words = (
    <>
      <span className={styles.kind}>
        <KindIcon kind={kind} size={19} />
      </span>
      <span className={styles.words}>
        <Text span fw={560} className={styles.title}>
          {title || t('page.titlePlaceholder')}
        </Text>
        <Text span size="xs" c="dimmed" className={styles.detail}>
          {say(`kind.${kind}`)}
          {' · '}
          {trashedAt ? (
            <>
              {t('trash.since')} <RelativeTime at={trashedAt} />
            </>
          ) : (
            <>
              {updatedBy ? t('list.updated', { name: updatedBy.name }) : t('list.created', { name: createdBy.name })}{' '}
              <RelativeTime at={updatedAt} />
            </>
          )}
          {withWorkspace && workspaceName && ` · ${workspaceName}`}
        </Text>
      </span>
    </>
  );
  return (
    <div className={styles.row}>
      {action ? (
        <div className={styles.main}>{words}</div>
      ) : (
        <Link to={`/documents/${id}`} className={styles.main}>
          {words}
        </Link>
      )}
      {here.length > 0 && (
        <span className={styles.here} title={t('list.here', { count: here.length })}>
          <AvatarStack people={here} max={4} size={24} />
        </span>
      )}
      {completeness && completeness.total > 0 && <CompletenessRing value={completeness} />}
      {action}
    </div>
  );
}
