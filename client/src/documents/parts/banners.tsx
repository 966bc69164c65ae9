import { atLeast } from '@concert/domain/access/roles.ts';
import type { DocumentDetail } from '@concert/domain/documents/api.ts';
import { fillToTell } from '@concert/domain/documents/size.ts';
import { Alert, Button, Group, Text } from '@mantine/core';
import { IconAlertTriangle, IconArchive, IconEye, IconRubberStamp, IconTrash } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useText } from '../../platform/i18n.ts';
import { orpc } from '../../platform/query.ts';
import { sayDone, sayProblem } from '../../ui/notify.ts';
import { messages } from '../messages.ts';
import { useDuplicate } from '../use-duplicate.ts';
import styles from './banners.module.css';
import { useNewestVersion } from './last-valid-state.tsx';
import { useRestoreVersion } from './version-dialog.tsx';

/** Says why the document cannot be changed by this reader, when it cannot. */
export function ReadOnlyBanner({ document }: { document: DocumentDetail }) {
  const t = useText(messages);
  const { role, workspaceState, sealed, trashedAt } = document;
  if (trashedAt) {
    return (
      <div className={styles.banner} role="note">
        <IconTrash size={16} aria-hidden />
        <span>{t('role.trashed.banner')}</span>
        {atLeast(role, 'editor') && <TakeBack document={document} />}
      </div>
    );
  }
  if (workspaceState === 'archived') {
    return (
      <div className={styles.banner} role="note">
        <IconArchive size={16} aria-hidden />
        <span>{t('role.archived.banner')}</span>
      </div>
    );
  }
  if (sealed) {
    return (
      <div className={styles.banner} role="note">
        <IconRubberStamp size={16} aria-hidden />
        <span>{t('role.sealed.banner')}</span>
      </div>
    );
  }
  if (role !== 'viewer' && role !== 'commenter') return null;
  return (
    <div className={styles.banner} role="note">
      <IconEye size={16} aria-hidden />
      <span>{t(`role.${role}.banner`)}</span>
    </div>
  );
}

function TakeBack({ document }: { document: DocumentDetail }) {
  const t = useText(messages);
  const queries = useQueryClient();
  const restore = useMutation(
    orpc.documents.restore.mutationOptions({
      onSuccess: ({ title }) => {
        sayDone(t('trash.restored', { title }));
        void queries.invalidateQueries({ queryKey: orpc.documents.key() });
      },
      onError: (error) => sayProblem(error, t('trash.failed')),
    }),
  );
  return (
    <Button
      size="compact-sm"
      variant="default"
      loading={restore.isPending}
      onClick={() => restore.mutate({ id: document.id })}
    >
      {t('trash.restore')}
    </Button>
  );
}

/** A document that is nearly as big as it may be: beyond that, edits are refused. */
export function GrowthBanner({ document }: { document: DocumentDetail }) {
  const t = useText(messages);
  const percent = fillToTell(document);
  if (percent === undefined) return null;
  return (
    <Alert color="orange" icon={<IconAlertTriangle aria-hidden />} title={t('growth.title', { percent })} m="md">
      <Text size="sm">{t('growth.body')}</Text>
    </Alert>
  );
}

/** A document that broke the schema: what happened, and one click back to its last valid state. */
export function QuarantineBanner({ document }: { document: DocumentDetail }) {
  const t = useText(messages);
  const { versions, newest: latest } = useNewestVersion(document.id);
  const restore = useRestoreVersion(document.id);
  const duplicate = useDuplicate();
  const may = atLeast(document.role, 'editor');
  return (
    <Alert color="orange" icon={<IconAlertTriangle aria-hidden />} title={t('quarantine.title')} m="md">
      <Text size="sm">{t('quarantine.body')}</Text>
      {may && latest && (
        <Group gap="xs" mt="sm">
          <Button
            size="xs"
            loading={restore.isPending}
            onClick={() => restore.mutate({ id: document.id, versionId: latest.id })}
          >
            {t('quarantine.fix')}
          </Button>
          <Button
            size="xs"
            variant="default"
            loading={duplicate.isPending}
            onClick={() => duplicate.mutate({ id: document.id })}
          >
            {t('quarantine.copy')}
          </Button>
        </Group>
      )}
      {(!may || (versions.isSuccess && !latest)) && (
        <Text size="sm" mt="xs">
          {t(may ? 'quarantine.none' : 'quarantine.wait')}
        </Text>
      )}
    </Alert>
  );
}
