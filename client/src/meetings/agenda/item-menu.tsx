import type { AgendaItem, Meeting } from '@concert/domain/meetings/shapes.ts';
import { ActionIcon, Menu } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import {
  IconArrowBackUp,
  IconArrowDown,
  IconArrowForwardUp,
  IconArrowUp,
  IconDots,
  IconPencil,
  IconScale,
  IconTrash,
} from '@tabler/icons-react';
import { useText } from '../../platform/i18n.ts';
import { client } from '../../platform/query.ts';
import { messages } from '../messages.ts';
import { useChange } from '../queries.ts';
import { ConflictDialog } from './conflict-dialog.tsx';
import type { Reorder } from './use-reorder.ts';

type Props = {
  readonly item: AgendaItem;
  readonly meeting: Meeting;
  readonly arranges: boolean;
  readonly reorder: Reorder;
  readonly onEdit: () => void;
};

/** What can be done with an item: arranged by who conducts, a conflict of interest declared by who takes part. */
export function ItemMenu(props: Props) {
  const { item, meeting, arranges } = props;
  const t = useText(messages);
  const [declaring, { open, close }] = useDisclosure(false);
  const over = meeting.state === 'ended' || meeting.state === 'cancelled';
  const declares = (meeting.me.takesPart || meeting.me.conducts) && !over;
  if (!arranges && !declares) return null;
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon size="sm" aria-label={t('item.actions', { title: item.title })}>
            <IconDots size={17} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {arranges && <Arranging {...props} />}
          {arranges && declares && <Menu.Divider />}
          {declares && (
            <Menu.Item leftSection={<IconScale size={16} aria-hidden />} onClick={open}>
              {t('conflict.declare')}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      <ConflictDialog meeting={meeting} item={item} opened={declaring} onClose={close} />
    </>
  );
}

function Arranging({ item, meeting, reorder, onEdit }: Props) {
  const t = useText(messages);
  const settle = useChange(client.meetings.settleItem);
  const remove = useChange(client.meetings.removeItem);
  const { id, state } = item;
  const isOpen = state === 'scheduled' || state === 'paused';
  const path = { id: meeting.id, itemId: id };
  return (
    <>
      <Menu.Item leftSection={<IconPencil size={16} aria-hidden />} onClick={onEdit}>
        {t('item.change')}
      </Menu.Item>
      <Menu.Item
        leftSection={<IconArrowUp size={16} aria-hidden />}
        disabled={!reorder.canStep(id, -1)}
        onClick={() => reorder.step(id, -1)}
      >
        {t('item.up')}
      </Menu.Item>
      <Menu.Item
        leftSection={<IconArrowDown size={16} aria-hidden />}
        disabled={!reorder.canStep(id, 1)}
        onClick={() => reorder.step(id, 1)}
      >
        {t('item.down')}
      </Menu.Item>
      {isOpen && meeting.state !== 'draft' && (
        <>
          <Menu.Item
            leftSection={<IconArrowForwardUp size={16} aria-hidden />}
            onClick={() => settle.mutate({ ...path, as: 'deferred' })}
          >
            {t('item.defer')}
          </Menu.Item>
          <Menu.Item
            leftSection={<IconArrowBackUp size={16} aria-hidden />}
            onClick={() => settle.mutate({ ...path, as: 'withdrawn' })}
          >
            {t('item.withdraw')}
          </Menu.Item>
        </>
      )}
      {meeting.state === 'draft' && (
        <Menu.Item color="red" leftSection={<IconTrash size={16} aria-hidden />} onClick={() => remove.mutate(path)}>
          {t('item.remove')}
        </Menu.Item>
      )}
    </>
  );
}
