import type { DocumentDetail } from '@concert/domain/documents/api.ts';
import { Anchor, Modal, Stack, Tabs, Text } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconEyeCheck, IconScale, IconUserShare } from '@tabler/icons-react';
import { Link } from 'react-router';
import { useText } from '../../platform/i18n.ts';
import { common } from '../../platform/messages.ts';
import { AccessListView } from '../../platform/sharing/access-list.tsx';
import { Conflicts } from '../../platform/sharing/conflicts.tsx';
import { GiveGrant } from '../../platform/sharing/give-grant.tsx';
import { Grants } from '../../platform/sharing/grants.tsx';
import { messages as sharing } from '../../platform/sharing/messages.ts';
import type { Subject } from '../../platform/sharing/subject.ts';
import { closesAloneOnEscape } from '../../ui/front-escape.ts';
import { messages } from '../messages.ts';
import styles from './share-dialog.module.css';

type Props = { readonly document: DocumentDetail; readonly opened: boolean; readonly onClose: () => void };

/** Who may open the document beside the members of its workspace, who can see it and why, conflicts of interest. */
export function ShareDialog({ document, opened, onClose }: Props) {
  const t = useText(messages);
  const say = useText(common);
  const phone = useMediaQuery('(max-width: 40em)', undefined, { getInitialValueInEffect: false });
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      {...closesAloneOnEscape(onClose)}
      title={t('share.title')}
      size="46rem"
      fullScreen={phone}
      radius={phone ? 0 : undefined}
      closeButtonProps={{ 'aria-label': say('close') }}
    >
      <ShareTabs document={document} onGo={onClose} signs={!phone} />
    </Modal>
  );
}

type TabsProps = {
  readonly document: DocumentDetail;
  readonly onGo: () => void;
  /** Whether the tabs have room for their signs. */
  readonly signs: boolean;
};

function ShareTabs({ document, onGo, signs }: TabsProps) {
  const t = useText(messages);
  const share = useText(sharing);
  const owned = document.role === 'owner';
  const subject: Subject = {
    kind: 'document',
    id: document.id,
    owned,
    open: document.workspaceState === 'active' && !document.trashedAt,
  };
  return (
    <Tabs defaultValue={owned ? 'share' : 'access'} keepMounted={false}>
      <Tabs.List mb="md" className={styles.tabs}>
        {!document.shared && (
          <Tabs.Tab value="share" leftSection={signs && <IconUserShare size={16} aria-hidden />}>
            {t('share.tab')}
          </Tabs.Tab>
        )}
        <Tabs.Tab value="access" leftSection={signs && <IconEyeCheck size={16} aria-hidden />}>
          {t('share.access')}
        </Tabs.Tab>
        <Tabs.Tab value="conflict" leftSection={signs && <IconScale size={16} aria-hidden />}>
          {share('conflict.title')}
        </Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="share">
        <Stack gap="sm">
          <Text size="sm" c="dimmed">
            {t(owned ? 'share.detail' : 'share.ownersOnly')}{' '}
            <Anchor
              component={Link}
              to={`/workspaces/${document.workspaceId}/members`}
              inherit
              underline="always"
              onClick={onGo}
            >
              {t('share.members', { name: document.workspaceName })}
            </Anchor>
          </Text>
          {owned && subject.open && <GiveGrant subject={subject} />}
          <Grants subject={subject} />
        </Stack>
      </Tabs.Panel>
      <Tabs.Panel value="access">
        <AccessListView subject={subject} />
      </Tabs.Panel>
      <Tabs.Panel value="conflict">
        <Conflicts subject={subject} />
      </Tabs.Panel>
    </Tabs>
  );
}
