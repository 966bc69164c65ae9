import { Alert, Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconCalendarShare, IconLinkPlus, IconLock } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useText } from '../../platform/i18n.ts';
import { common } from '../../platform/messages.ts';
import { orpc } from '../../platform/query.ts';
import { ConfirmButton } from '../../ui/confirm-button.tsx';
import { CopyField } from '../../ui/copy-field.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { sayDone } from '../../ui/notify.ts';
import { messages } from '../messages.ts';

/** One's meetings in one's own calendar: an address that a calendar subscribes to [M28]. */
export function MyCalendar() {
  const t = useText(messages);
  const say = useText(common);
  const [opened, { open, close }] = useDisclosure(false);
  const { calendar } = useCalendar(opened);
  // It opens with what it is about, so that the focus finds its place at once.
  const known = !calendar.isPending;
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconCalendarShare size={17} aria-hidden />}
        loading={opened && !known}
        onClick={open}
      >
        {t('calendar.mine')}
      </Button>
      <Modal
        opened={opened && known}
        onClose={close}
        title={t('calendar.mine')}
        size="lg"
        closeButtonProps={{ 'aria-label': say('close') }}
      >
        <CalendarPanel />
      </Modal>
    </>
  );
}

function useCalendar(asked = true) {
  const queries = useQueryClient();
  const queryKey = orpc.meetings.calendar.queryKey({ input: {} });
  const calendar = useQuery({ ...orpc.meetings.calendar.queryOptions({ input: {} }), enabled: asked });
  const open = useMutation(
    orpc.meetings.openCalendar.mutationOptions({ onSuccess: ({ path }) => queries.setQueryData(queryKey, { path }) }),
  );
  const shut = useMutation(
    orpc.meetings.closeCalendar.mutationOptions({ onSuccess: () => queries.setQueryData(queryKey, {}) }),
  );
  return { calendar, open, shut };
}

function CalendarPanel() {
  const t = useText(messages);
  const { calendar, open, shut } = useCalendar();
  if (!calendar.data) return <ErrorState error={calendar.error} onRetry={() => void calendar.refetch()} />;
  const { path } = calendar.data;
  if (path === undefined) {
    return (
      <Stack gap="md">
        <Text size="sm">{t('calendar.detail')}</Text>
        <Secret />
        <Group justify="flex-end">
          <Button
            data-autofocus
            leftSection={<IconLinkPlus size={17} aria-hidden />}
            loading={open.isPending}
            onClick={() => open.mutate({})}
          >
            {t('calendar.open')}
          </Button>
        </Group>
      </Stack>
    );
  }
  return (
    <Stack gap="md">
      <Text size="sm">{t('calendar.subscribe')}</Text>
      <CopyField first label={t('calendar.address')} value={window.location.origin + path} />
      <Secret />
      <Group gap="xs" justify="flex-end">
        <ConfirmButton
          variant="subtle"
          color="gray"
          label={t('calendar.close')}
          title={t('calendar.closeTitle')}
          action={t('calendar.close')}
          onConfirm={() => shut.mutateAsync({}).then(() => sayDone(t('calendar.closed')))}
        >
          {t('calendar.ends')}
        </ConfirmButton>
        <ConfirmButton
          label={t('calendar.renew')}
          title={t('calendar.renewTitle')}
          action={t('calendar.renew')}
          danger={false}
          onConfirm={() => open.mutateAsync({}).then(() => sayDone(t('calendar.renewed')))}
        >
          {t('calendar.ends')}
        </ConfirmButton>
      </Group>
    </Stack>
  );
}

/** Who reads it: whoever has the address. */
function Secret() {
  const t = useText(messages);
  return (
    <Alert color="gray" variant="light" icon={<IconLock aria-hidden />}>
      {t('calendar.secret')}
    </Alert>
  );
}
