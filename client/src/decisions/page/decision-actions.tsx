import type { Decision } from '@concert/domain/decisions/api.ts';
import { ActionIcon, Button, Menu } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import {
  IconArrowForward,
  IconBan,
  IconDots,
  IconGavel,
  IconPencil,
  IconPrinter,
  IconSignature,
  IconTrash,
  IconWorld,
} from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useNavigate } from 'react-router';
import { useText } from '../../platform/i18n.ts';
import { client, orpc } from '../../platform/query.ts';
import { ConfirmDialog } from '../../ui/confirm-button.tsx';
import { sayDone } from '../../ui/notify.ts';
import { messages } from '../messages.ts';
import { useChange } from '../queries.ts';
import { EditDialog } from '../record/edit-dialog.tsx';
import { RecordDialog } from '../record/record-dialog.tsx';
import { AnnulDialog } from './annul-dialog.tsx';

/** What can be done with a decision as it stands, the next step first. */
export function DecisionActions({ decision }: { decision: Decision }) {
  const { state, me } = decision;
  return (
    <>
      {me.conducts && state === 'draft' && <Adopt decision={decision} />}
      {me.signs && <Sign decision={decision} />}
      {me.conducts && state === 'signed' && <Publish decision={decision} />}
      <More decision={decision} />
    </>
  );
}

type StepProps = {
  readonly label: string;
  readonly icon: ReactNode;
  readonly title: string;
  readonly children: ReactNode;
  readonly onConfirm: () => Promise<unknown>;
  readonly quiet?: boolean;
};

/** A step that is asked about before, because nothing takes it back. */
function Step({ label, icon, title, children, onConfirm, quiet = false }: StepProps) {
  const [asking, { open, close }] = useDisclosure(false);
  return (
    <>
      <Button variant={quiet ? 'default' : 'filled'} leftSection={icon} onClick={open}>
        {label}
      </Button>
      <ConfirmDialog opened={asking} onClose={close} title={title} action={label} onConfirm={onConfirm} danger={false}>
        {children}
      </ConfirmDialog>
    </>
  );
}

function Adopt({ decision: { id } }: { decision: Decision }) {
  const t = useText(messages);
  const adopt = useChange(client.decisions.adopt);
  const run = async () => {
    const { number = '' } = await adopt.mutateAsync({ id });
    sayDone(t('adopt.done', { number }));
  };
  return (
    <Step label={t('adopt')} icon={<IconGavel size={17} aria-hidden />} title={t('adopt.title')} onConfirm={run}>
      {t('adopt.detail')}
    </Step>
  );
}

function Sign({ decision: { id, hash = '', state, me } }: { decision: Decision }) {
  const t = useText(messages);
  const sign = useChange(client.decisions.sign);
  const run = async () => {
    await sign.mutateAsync({ id, hash });
    sayDone(t('sign.done'));
  };
  return (
    <Step
      label={t('sign')}
      icon={<IconSignature size={17} aria-hidden />}
      title={t('sign.title')}
      onConfirm={run}
      quiet={state === 'signed' && me.conducts}
    >
      {t('sign.detail', { hash: `${hash.slice(0, 12)}…` })}
    </Step>
  );
}

function Publish({ decision: { id, papers } }: { decision: Decision }) {
  const t = useText(messages);
  const publish = useChange(client.decisions.publish);
  const run = async () => {
    await publish.mutateAsync({ id });
    sayDone(t('publish.done'));
  };
  return (
    <Step label={t('publish')} icon={<IconWorld size={17} aria-hidden />} title={t('publish.title')} onConfirm={run}>
      {t('publish.detail')} {papers.length > 0 && t('publish.papers', { count: papers.length })}
    </Step>
  );
}

type Open = 'edit' | 'remove' | 'annul' | 'supersede' | undefined;

function More({ decision }: { decision: Decision }) {
  const t = useText(messages);
  const [open, setOpen] = useState<Open>();
  const { state, me } = decision;
  const inForce = state === 'adopted' || state === 'signed' || state === 'published';
  const close = () => setOpen(undefined);
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="default" size={36} aria-label={t('more')}>
            <IconDots size={18} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconPrinter size={16} aria-hidden />} onClick={() => window.print()}>
            {t('print')}
          </Menu.Item>
          {me.conducts && state === 'draft' && (
            <>
              <Menu.Item leftSection={<IconPencil size={16} aria-hidden />} onClick={() => setOpen('edit')}>
                {t('edit')}
              </Menu.Item>
              <Menu.Item
                color="red"
                leftSection={<IconTrash size={16} aria-hidden />}
                onClick={() => setOpen('remove')}
              >
                {t('remove')}
              </Menu.Item>
            </>
          )}
          {me.conducts && inForce && (
            <>
              <Menu.Item leftSection={<IconArrowForward size={16} aria-hidden />} onClick={() => setOpen('supersede')}>
                {t('supersede')}
              </Menu.Item>
              <Menu.Item color="red" leftSection={<IconBan size={16} aria-hidden />} onClick={() => setOpen('annul')}>
                {t('annul')}
              </Menu.Item>
            </>
          )}
        </Menu.Dropdown>
      </Menu>
      <EditDialog decision={decision} opened={open === 'edit'} onClose={close} />
      <RemoveDialog decision={decision} opened={open === 'remove'} onClose={close} />
      <AnnulDialog decision={decision} opened={open === 'annul'} onClose={close} />
      <RecordDialog
        opened={open === 'supersede'}
        onClose={close}
        bodies={[{ id: decision.bodyId, name: decision.bodyName }]}
        bodyId={decision.bodyId}
        former={decision}
      />
    </>
  );
}

type DialogProps = { readonly decision: Decision; readonly opened: boolean; readonly onClose: () => void };

function RemoveDialog({ decision: { id }, opened, onClose }: DialogProps) {
  const t = useText(messages);
  const navigate = useNavigate();
  const queries = useQueryClient();
  const remove = useMutation({ mutationFn: () => client.decisions.remove({ id }) });
  const run = async () => {
    await remove.mutateAsync();
    sayDone(t('remove.done'));
    await navigate('/decisions');
    void queries.invalidateQueries({ queryKey: orpc.decisions.list.key() });
  };
  return (
    <ConfirmDialog opened={opened} onClose={onClose} title={t('remove.title')} action={t('remove')} onConfirm={run}>
      {t('remove.detail')}
    </ConfirmDialog>
  );
}
