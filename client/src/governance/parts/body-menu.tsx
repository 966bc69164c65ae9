import type { Body } from '@concert/domain/governance/api.ts';
import { Button, Menu } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconArchive, IconArchiveOff, IconDots, IconId, IconPencil, IconSitemap, IconTrash } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import { useText } from '../../platform/i18n.ts';
import { common } from '../../platform/messages.ts';
import { orpc } from '../../platform/query.ts';
import { ConfirmDialog } from '../../ui/confirm-button.tsx';
import { sayDone } from '../../ui/notify.ts';
import { LetterheadDialog } from '../letterhead/letterhead-dialog.tsx';
import { messages } from '../messages.ts';
import { BodyDialog } from './body-dialog.tsx';

/** What those who keep the bodies do with one: change, found one below, set its letterhead, archive, remove. */
export function BodyMenu({ body }: { body: Body }) {
  const t = useText(messages);
  const say = useText(common);
  const [changing, change] = useDisclosure(false);
  const [founding, found] = useDisclosure(false);
  const [heading, head] = useDisclosure(false);
  const [removing, asking] = useDisclosure(false);
  const { remove, turn } = useBodyChanges(body);
  const archived = body.state === 'archived';
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <Button variant="default" leftSection={<IconDots size={17} aria-hidden />}>
            {say('actions')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconPencil size={16} aria-hidden />} onClick={change.open}>
            {t('form.change')}
          </Menu.Item>
          <Menu.Item leftSection={<IconId size={16} aria-hidden />} onClick={head.open}>
            {t('letterhead.open')}
          </Menu.Item>
          {!archived && (
            <Menu.Item leftSection={<IconSitemap size={16} aria-hidden />} onClick={found.open}>
              {t('foundBelow')}
            </Menu.Item>
          )}
          <Menu.Item
            leftSection={archived ? <IconArchiveOff size={16} aria-hidden /> : <IconArchive size={16} aria-hidden />}
            onClick={() => turn.mutate({ id: body.id, state: archived ? 'active' : 'archived' })}
          >
            {t(archived ? 'reopen' : 'archive')}
          </Menu.Item>
          {/* Whether it was ever used the server knows: ended mandates and given rights count too. */}
          {body.memberCount === 0 && (
            <Menu.Item color="red" leftSection={<IconTrash size={16} aria-hidden />} onClick={asking.open}>
              {t('remove')}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      <BodyDialog opened={changing} onClose={change.close} body={body} />
      <BodyDialog opened={founding} onClose={found.close} parent={body} />
      <LetterheadDialog opened={heading} onClose={head.close} body={body} />
      <ConfirmDialog
        opened={removing}
        onClose={asking.close}
        title={t('removeTitle', { name: body.name })}
        action={t('remove')}
        onConfirm={() => remove.mutateAsync({ id: body.id })}
      >
        {t('removeDetail')}
      </ConfirmDialog>
    </>
  );
}

function useBodyChanges(body: Body) {
  const t = useText(messages);
  const queries = useQueryClient();
  const navigate = useNavigate();
  const remove = useMutation(
    orpc.governance.remove.mutationOptions({
      onSuccess: async () => {
        sayDone(t('removed', { name: body.name }));
        await navigate('/bodies');
        queries.removeQueries({ queryKey: orpc.governance.get.key({ input: { id: body.id } }) });
        return queries.invalidateQueries({ queryKey: orpc.governance.key() });
      },
    }),
  );
  const turn = useMutation(
    orpc.governance.update.mutationOptions({
      onSuccess: ({ state, name }) => {
        sayDone(t(state === 'active' ? 'reopened' : 'archived', { name }));
        return queries.invalidateQueries({ queryKey: orpc.governance.key() });
      },
    }),
  );
  return { remove, turn };
}
