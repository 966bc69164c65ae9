import type { ActionItem, ActionState } from '@concert/domain/decisions/actions-api.ts';
import { ActionIcon, Menu, Modal } from '@mantine/core';
import { IconDots, IconPencil } from '@tabler/icons-react';
import { useState } from 'react';
import { useText } from '../../platform/i18n.ts';
import { common } from '../../platform/messages.ts';
import { client } from '../../platform/query.ts';
import { ReasonForm } from '../../ui/reason-form.tsx';
import { messages } from '../messages.ts';
import { ActionDialog } from './lazy-dialog.tsx';
import { useActionChange } from './queries.ts';

/** What else can be done with an action item; nothing for who only reads it. */
export function ActionMenu({ action }: { action: ActionItem }) {
  const t = useText(messages);
  const { id, title, me } = action;
  const [open, setOpen] = useState<'edit' | 'cancel'>();
  const move = useActionChange(client.actions.move);
  const close = () => setOpen(undefined);
  const go = (to: ActionState) => (to === 'cancelled' ? setOpen('cancel') : move.mutate({ id, to }));
  if (me.moves.length === 0 && !me.edits) return <span />;
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" aria-label={t('actions.more', { title })}>
            <IconDots size={17} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {me.moves.map((to) => (
            <Menu.Item key={to} color={to === 'cancelled' ? 'red' : undefined} onClick={() => go(to)}>
              {t(`actions.move.${to}`)}
            </Menu.Item>
          ))}
          {me.edits && (
            <Menu.Item leftSection={<IconPencil size={16} aria-hidden />} onClick={() => setOpen('edit')}>
              {t('actions.edit')}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      <ActionDialog opened={open === 'edit'} onClose={close} bodyId={action.bodyId} action={action} />
      <CancelDialog action={action} opened={open === 'cancel'} onClose={close} />
    </>
  );
}

type CancelProps = { readonly action: ActionItem; readonly opened: boolean; readonly onClose: () => void };

function CancelDialog({ action: { id }, opened, onClose }: CancelProps) {
  const t = useText(messages);
  const say = useText(common);
  const move = useActionChange(client.actions.move, true);
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('actions.cancel.title')}
      closeButtonProps={{ 'aria-label': say('close') }}
    >
      <ReasonForm
        label={t('actions.cancel.reason')}
        required
        submit={t('actions.cancel.do')}
        danger
        busy={move.isPending}
        error={move.error}
        onSubmit={(reason) => move.mutate({ id, to: 'cancelled', reason }, { onSuccess: onClose })}
        onCancel={onClose}
      />
    </Modal>
  );
}
