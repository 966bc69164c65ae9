import { Button, Group, Modal, Text } from '@mantine/core';
import { useNetwork } from '@mantine/hooks';
import { useBlocker } from 'react-router';
import type { RoomState } from '../../platform/editor/room-watch.ts';
import { useText } from '../../platform/i18n.ts';
import { common } from '../../platform/messages.ts';
import { messages } from '../messages.ts';

/**
 * Before another page is opened: says that what was written here has not reached the server yet, and what will become
 * of it. What is on its way over a connection that works arrives by itself, so nobody is asked then.
 */
export function LeaveDialog({ state }: { state: RoomState }) {
  const t = useText(messages);
  const say = useText(common);
  const { online } = useNetwork();
  const stuck = state.saved === 'unsaved' || state.link !== 'live' || !online;
  const onlyHere = state.refusal === undefined && state.saved !== 'saved' && stuck;
  const blocker = useBlocker(
    ({ currentLocation, nextLocation }) => onlyHere && currentLocation.pathname !== nextLocation.pathname,
  );
  const asking = blocker.state === 'blocked';
  return (
    <Modal
      opened={asking}
      onClose={() => blocker.reset?.()}
      title={t('leave.title')}
      closeButtonProps={{ 'aria-label': say('close') }}
    >
      <Text size="sm">{t('leave.body')}</Text>
      <Group justify="flex-end" mt="lg">
        <Button variant="default" onClick={() => blocker.proceed?.()}>
          {t('leave.go')}
        </Button>
        <Button onClick={() => blocker.reset?.()} data-autofocus>
          {t('leave.stay')}
        </Button>
      </Group>
    </Modal>
  );
}
