import type { Meeting } from '@concert/domain/meetings/shapes.ts';
import { Button, Menu } from '@mantine/core';
import {
  IconCalendarOff,
  IconCalendarRepeat,
  IconCalendarX,
  IconDots,
  IconPencil,
  IconTrash,
} from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { useText } from '../../platform/i18n.ts';
import { common } from '../../platform/messages.ts';
import { orpc } from '../../platform/query.ts';
import { ConfirmDialog } from '../../ui/confirm-button.tsx';
import { sayDone } from '../../ui/notify.ts';
import { ChangeDialog, MeetingDialog } from '../form/meeting-dialog.tsx';
import { messages } from '../messages.ts';
import { CancelDialog } from './cancel-dialog.tsx';

type Opened = 'change' | 'cancelled' | 'postponed' | 'remove' | 'secondCall' | undefined;

/** What whoever conducts a meeting may do besides the next step. */
export function MeetingMenu({ meeting }: { meeting: Meeting }) {
  const t = useText(messages);
  const say = useText(common);
  const [opened, setOpened] = useState<Opened>();
  const close = () => setOpened(undefined);
  const entries = entriesOf(meeting);
  if (entries.length === 0) return null;
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <Button variant="default" leftSection={<IconDots size={17} aria-hidden />}>
            {say('actions')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {entries.map(({ opens, key, Sign, danger }) => (
            <Menu.Item
              key={key}
              leftSection={<Sign size={16} aria-hidden />}
              color={danger ? 'red' : undefined}
              onClick={() => setOpened(opens)}
            >
              {t(key)}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      <ChangeDialog opened={opened === 'change'} onClose={close} meeting={meeting} />
      <CancelDialog
        meeting={meeting}
        how={opened === 'cancelled' || opened === 'postponed' ? opened : undefined}
        onClose={close}
      />
      <MeetingDialog
        opened={opened === 'secondCall'}
        onClose={close}
        bodies={[{ id: meeting.bodyId, name: meeting.bodyName }]}
        bodyId={meeting.bodyId}
        secondCallOf={meeting}
      />
      <RemoveDialog opened={opened === 'remove'} onClose={close} meeting={meeting} />
    </>
  );
}

type Entry = {
  readonly opens: Opened;
  readonly key: 'menu.change' | 'menu.postpone' | 'menu.cancel' | 'menu.remove' | 'menu.secondCall';
  readonly Sign: typeof IconPencil;
  readonly danger?: boolean;
};

function entriesOf({ state, mode, quorum }: Meeting): readonly Entry[] {
  const isPlanned = state === 'draft' || state === 'convened' || state === 'frozen' || state === 'postponed';
  const isConvened = state === 'convened' || state === 'frozen';
  const lacksQuorum = state === 'ended' && mode !== 'written' && quorum.asked && !quorum.reached;
  const change: Entry = { opens: 'change', key: 'menu.change', Sign: IconPencil };
  const postpone: Entry = { opens: 'postponed', key: 'menu.postpone', Sign: IconCalendarOff };
  const cancel: Entry = { opens: 'cancelled', key: 'menu.cancel', Sign: IconCalendarX, danger: true };
  const remove: Entry = { opens: 'remove', key: 'menu.remove', Sign: IconTrash, danger: true };
  const secondCall: Entry = { opens: 'secondCall', key: 'menu.secondCall', Sign: IconCalendarRepeat };
  return [
    ...(isPlanned ? [change] : []),
    ...(lacksQuorum ? [secondCall] : []),
    ...(isConvened ? [postpone] : []),
    ...(isConvened || state === 'postponed' ? [cancel] : []),
    ...(state === 'draft' ? [remove] : []),
  ];
}

function RemoveDialog({ opened, onClose, meeting }: { opened: boolean; onClose: () => void; meeting: Meeting }) {
  const t = useText(messages);
  const queries = useQueryClient();
  const navigate = useNavigate();
  const remove = useMutation(
    orpc.meetings.remove.mutationOptions({
      onSuccess: async () => {
        sayDone(t('remove.done', { title: meeting.title }));
        await navigate('/meetings');
        queries.removeQueries({ queryKey: orpc.meetings.get.key({ input: { id: meeting.id } }) });
        return queries.invalidateQueries({ queryKey: orpc.meetings.list.key() });
      },
    }),
  );
  return (
    <ConfirmDialog
      opened={opened}
      onClose={onClose}
      title={t('remove.title', { title: meeting.title })}
      action={t('menu.remove')}
      onConfirm={() => remove.mutateAsync({ id: meeting.id })}
    >
      {t('remove.detail')}
    </ConfirmDialog>
  );
}
