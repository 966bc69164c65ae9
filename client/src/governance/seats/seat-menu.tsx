import type { Seat } from '@concert/domain/governance/api.ts';
import { ActionIcon, Menu } from '@mantine/core';
import {
  IconCalendarOff,
  IconDots,
  IconPencil,
  IconTrash,
  IconUserCheck,
  IconUserEdit,
  IconUserPlus,
} from '@tabler/icons-react';
import { useText } from '../../platform/i18n.ts';
import { messages } from '../messages.ts';
import type { SeatTask } from './seat-tasks.tsx';

type Props = { readonly seat: Seat; readonly onTask: (task: SeatTask) => void };

/** What those who keep the body do with a seat, with who holds it, and with who stands in. */
export function SeatMenu({ seat, onTask }: Props) {
  const t = useText(messages);
  const { title, holder, alternates } = seat;
  const used = holder !== undefined || alternates.length > 0;
  return (
    <Menu position="bottom-end" width={260}>
      <Menu.Target>
        <ActionIcon aria-label={t('seat.actionsOf', { title })}>
          <IconDots size={18} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {(!holder || holder.until) && (
          <Menu.Item
            leftSection={<IconUserCheck size={16} aria-hidden />}
            onClick={() => onTask({ kind: 'fill', seat })}
          >
            {t(holder ? 'seat.next' : 'seat.fill')}
          </Menu.Item>
        )}
        <Menu.Item
          leftSection={<IconUserPlus size={16} aria-hidden />}
          onClick={() => onTask({ kind: 'alternate', seat })}
        >
          {t('seat.addAlternate')}
        </Menu.Item>
        <Menu.Item leftSection={<IconPencil size={16} aria-hidden />} onClick={() => onTask({ kind: 'edit', seat })}>
          {t('seat.change')}
        </Menu.Item>
        {[...(holder ? [holder] : []), ...alternates].map((sitter) => (
          <Sitter key={sitter.mandateId} sitter={sitter} onTask={onTask} />
        ))}
        <Menu.Divider />
        <Menu.Item
          color="red"
          disabled={used}
          leftSection={<IconTrash size={16} aria-hidden />}
          onClick={() => onTask({ kind: 'abolish', seat })}
        >
          {t(used ? 'seat.abolishUsed' : 'seat.abolish')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

type SitterProps = Pick<Props, 'onTask'> & {
  readonly sitter: { readonly mandateId: string; readonly name: string };
};

function Sitter({ sitter: { mandateId, name }, onTask }: SitterProps) {
  const t = useText(messages);
  return (
    <>
      <Menu.Label>{name}</Menu.Label>
      <Menu.Item
        leftSection={<IconUserEdit size={16} aria-hidden />}
        aria-label={t('mandate.changeOf', { name })}
        onClick={() => onTask({ kind: 'mandate', mandateId })}
      >
        {t('seat.changeMandate')}
      </Menu.Item>
      <Menu.Item
        leftSection={<IconCalendarOff size={16} aria-hidden />}
        aria-label={t('mandate.endOf', { name })}
        onClick={() => onTask({ kind: 'end', mandateId, name })}
      >
        {t('seat.endMandate')}
      </Menu.Item>
    </>
  );
}
