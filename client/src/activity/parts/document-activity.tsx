import type { DocumentDetail } from '@concert/domain/documents/api.ts';
import { ActionIcon, Drawer, Text, Tooltip } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconActivity } from '@tabler/icons-react';
import { lazy, Suspense } from 'react';
import { useText } from '../../platform/i18n.ts';
import { common } from '../../platform/messages.ts';
import { ListSkeleton } from '../../ui/skeletons.tsx';
import { messages } from '../messages.ts';

const ActivityList = lazy(async () => ({ default: (await import('./activity-list.tsx')).ActivityList }));

/** In the top bar of a document: what was done to it and in its discussions. */
export function DocumentActivity({ document: { id, title } }: { document: DocumentDetail }) {
  const t = useText(messages);
  const say = useText(common);
  const [opened, { open, close }] = useDisclosure(false);
  return (
    <>
      <Tooltip label={t('activity.document')}>
        <ActionIcon visibleFrom="md" aria-label={t('activity.document')} onClick={open}>
          <IconActivity size={18} stroke={1.7} aria-hidden />
        </ActionIcon>
      </Tooltip>
      <Drawer
        opened={opened}
        onClose={close}
        position="right"
        size="27rem"
        title={
          <Text span fw={600} size="lg">
            {t('activity.title')}
          </Text>
        }
        closeButtonProps={{ 'aria-label': say('close') }}
      >
        <Suspense fallback={<ListSkeleton count={4} />}>
          <ActivityList scope={{ documentId: id }} within={title} />
        </Suspense>
      </Drawer>
    </>
  );
}
