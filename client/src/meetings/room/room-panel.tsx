import { ActionIcon, Group, Loader, Text, Title, Tooltip } from '@mantine/core';
import { IconExternalLink, IconMaximize, IconMinimize, IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useRef } from 'react';
import { orpc } from '../../platform/query.ts';
import { ErrorState } from '../../ui/error-state.tsx';
import { useSay } from '../sitting/say.ts';
import { useSitting } from '../sitting/sitting-context.tsx';
import { framed } from './jitsi.ts';
import styles from './room.module.css';
import { useRoom } from './room-context.tsx';
import { usePresence } from './use-presence.ts';
import { useOwnTab } from './use-tab.ts';

export const PANEL_ID = 'sitting-room';

/** What the page of a provider needs of ours, and no more: it must not lead us elsewhere. */
const SANDBOX =
  'allow-scripts allow-same-origin allow-forms allow-modals allow-popups allow-popups-to-escape-sandbox allow-downloads';
const LENT = 'camera; microphone; display-capture; fullscreen; autoplay; clipboard-write; speaker-selection';

/** The room for voice and video, beside the agenda. */
export function RoomPanel() {
  const { shown } = useRoom();
  return shown ? <Panel /> : null;
}

function Panel() {
  const t = useSay();
  const { meeting } = useSitting();
  const { large, show, enlarge } = useRoom();
  const tab = useOwnTab(meeting.id);
  const size = t(large ? 'sitting.room.smaller' : 'sitting.room.larger');
  return (
    <section id={PANEL_ID} className={styles.room} data-large={large || undefined} aria-label={t('sitting.room')}>
      <Group justify="space-between" wrap="nowrap" className={styles.head}>
        <Title order={2} size="sm">
          {t('sitting.room')}
        </Title>
        <Group gap={2} wrap="nowrap">
          <Action label={size} onClick={() => enlarge(!large)}>
            {large ? <IconMinimize size={17} aria-hidden /> : <IconMaximize size={17} aria-hidden />}
          </Action>
          <Action label={t('sitting.room.ownTab')} onClick={() => tab.open() && show(false)}>
            <IconExternalLink size={17} aria-hidden />
          </Action>
          <Action label={t('sitting.room.close')} onClick={() => show(false)}>
            <IconX size={17} aria-hidden />
          </Action>
        </Group>
      </Group>
      <Frame />
    </section>
  );
}

function Action({ label, onClick, children }: { label: string; onClick: () => void; children: React.ReactNode }) {
  return (
    <Tooltip label={label}>
      <ActionIcon aria-label={label} onClick={onClick}>
        {children}
      </ActionIcon>
    </Tooltip>
  );
}

/** The provider's own page. Its address is asked for once: another would throw out whoever is in. */
function Frame() {
  const t = useSay();
  const { meeting } = useSitting();
  const frame = useRef<HTMLIFrameElement>(null);
  const link = useQuery({
    ...orpc.rooms.enter.queryOptions({ input: { id: meeting.id } }),
    ...{ staleTime: Number.POSITIVE_INFINITY, gcTime: 0, retry: false },
    ...{ refetchOnMount: false, refetchOnReconnect: false, refetchOnWindowFocus: false },
  });
  const jitsi = link.data?.provider === 'jitsi';
  usePresence(frame, meeting.id, jitsi ? link.data?.url : undefined);
  if (link.isError) {
    return (
      <div className={styles.state}>
        <ErrorState error={link.error} title={t('sitting.room.failed')} onRetry={() => void link.refetch()} />
      </div>
    );
  }
  if (!link.data) {
    return (
      <div className={styles.state}>
        <Group gap="sm" role="status">
          <Loader size="sm" />
          <Text size="sm">{t('sitting.room.opens')}</Text>
        </Group>
      </div>
    );
  }
  return (
    <iframe
      ref={frame}
      className={styles.frame}
      title={t('sitting.room')}
      src={jitsi ? framed(link.data.url) : link.data.url}
      allow={LENT}
      sandbox={SANDBOX}
      referrerPolicy="no-referrer"
    />
  );
}
