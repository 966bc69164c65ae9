import { Group, Popover, Text, Tooltip, UnstyledButton } from '@mantine/core';
import { useNetwork } from '@mantine/hooks';
import {
  type Icon,
  IconAntennaBars3,
  IconCloudCheck,
  IconCloudOff,
  IconCloudUp,
  IconDeviceFloppy,
  IconEye,
  IconPlugConnectedX,
} from '@tabler/icons-react';
import { useText } from '../i18n.ts';
import { editorMessages } from './messages.ts';
import type { RoomState } from './room-watch.ts';
import styles from './saved-mark.module.css';

export type Mark = 'saved' | 'saving' | 'unsaved' | 'offline' | 'connecting' | 'readOnly' | 'stopped';

/**
 * What is true of the text on this page, in the order of what matters most to its writer. It says "saved" only while
 * the server's own confirmation stands. `online` is what the browser knows of the network: it sees a loss at once, where
 * a silent connection is only given up after half a minute; a server on the same machine may answer all the same.
 */
export function markOf(state: RoomState, readOnly: boolean, online = true): Mark {
  if (state.refusal) return 'stopped';
  if (state.link === 'connecting' && state.saved === 'saved') return 'connecting';
  if (state.link === 'offline' || (!online && state.saved !== 'saved')) return 'offline';
  if (state.saved !== 'saved') return state.saved;
  return readOnly ? 'readOnly' : 'saved';
}

const ICON: Record<Mark, Icon> = {
  saved: IconCloudCheck,
  saving: IconCloudUp,
  unsaved: IconDeviceFloppy,
  offline: IconCloudOff,
  connecting: IconCloudUp,
  readOnly: IconEye,
  stopped: IconPlugConnectedX,
};

type Props = { readonly state: RoomState; readonly readOnly: boolean };

/** Says that all takes a moment longer where the network lets no WebSocket through; whoever asks is told why. */
function SlowMark() {
  const t = useText(editorMessages);
  return (
    <Popover width={320} position="bottom" shadow="md" withinPortal>
      <Popover.Target>
        <UnstyledButton className={styles.slow}>
          <IconAntennaBars3 size={18} stroke={2} aria-hidden />
          <span className={styles.slowWords}>{t('saved.slow')}</span>
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown>
        <Text size="sm">{t('saved.slow.detail')}</Text>
      </Popover.Dropdown>
    </Popover>
  );
}

/** Says whether the text is saved, in words, and announces it when it changes for the worse. */
export function SavedMark({ state, readOnly }: Props) {
  const t = useText(editorMessages);
  const { online } = useNetwork();
  const mark = markOf(state, readOnly, online);
  const Sign = ICON[mark];
  const words = (): string => {
    if (mark !== 'offline') return t(`saved.${mark}`);
    return state.pending > 0 ? t('saved.offline', { count: state.pending }) : t('saved.offline.none');
  };
  const short = mark === 'unsaved' || mark === 'offline' ? t(`saved.short.${mark}`) : words();
  const detail = mark === 'connecting' || mark === 'stopped' ? undefined : t(`saved.detail.${mark}`);
  const worse = mark === 'unsaved' || mark === 'offline' || mark === 'stopped';
  return (
    <>
      <Tooltip label={detail} disabled={!detail} multiline maw={320}>
        <Group
          className={styles.mark}
          data-mark={mark}
          gap={6}
          wrap="nowrap"
          role="status"
          aria-live={worse ? 'polite' : 'off'}
        >
          <Sign size={16} stroke={1.7} aria-hidden />
          <Text span inherit className={styles.long}>
            {words()}
          </Text>
          <Text span inherit className={styles.short} aria-hidden>
            {short}
          </Text>
        </Group>
      </Tooltip>
      <div role="status" className={styles.slowPlace}>
        {state.way === 'polling' && state.link === 'live' && <SlowMark />}
      </div>
    </>
  );
}
