import { ActionIcon, Button, Menu, Tooltip } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconDots, IconKeyboard, IconPlayerPause, IconPlayerPlay, IconPlayerStop } from '@tabler/icons-react';
import { client } from '../../../platform/query.ts';
import { ConfirmButton, ConfirmDialog } from '../../../ui/confirm-button.tsx';
import { useQuorumNumbers } from '../attendance/quorum-chip.tsx';
import { useChange } from '../queries.ts';
import { useSay } from '../say.ts';
import { useKeysOn } from '../shortcuts.ts';
import { useSitting } from '../sitting-context.tsx';

/** Opens, suspends, resumes and ends the sitting. */
export function ConductControls() {
  const { state, mode } = useSitting().meeting;
  if (mode === 'written') return <CloseConsultation />;
  const runs = state === 'in-session' || state === 'suspended';
  return (
    <>
      <OpenButton />
      {runs && <MoreMenu />}
    </>
  );
}

/** Ends what runs in writing. */
function CloseConsultation() {
  const t = useSay();
  const { id, state, openPollIds } = useSitting().meeting;
  const end = useChange(client.meetings.end);
  if (state !== 'convened' && state !== 'frozen') return null;
  const voting = openPollIds.length > 0;
  return (
    <Tooltip disabled={!voting} label={t('sitting.written.voting')}>
      <span>
        <ConfirmButton
          label={t('sitting.written.end')}
          disabled={voting}
          danger={false}
          title={t('sitting.written.endTitle')}
          action={t('sitting.written.end')}
          onConfirm={() => end.mutateAsync({ id })}
        >
          {t('sitting.written.endDetail')}
        </ConfirmButton>
      </span>
    </Tooltip>
  );
}

const OPENS: ReadonlySet<string> = new Set(['convened', 'frozen', 'suspended']);

function OpenButton() {
  const t = useSay();
  const { meeting } = useSitting();
  const open = useChange(client.meetings.open);
  const { id, state, quorum } = meeting;
  const numbers = useQuorumNumbers();
  if (!OPENS.has(state)) return null;
  const label = t(state === 'suspended' ? 'sitting.resume' : 'sitting.open');
  if (state !== 'suspended' && quorum.asked && !quorum.secondCall && !quorum.reached) {
    return (
      <ConfirmButton
        label={label}
        variant="filled"
        danger={false}
        title={t('sitting.openWithout.title')}
        action={label}
        onConfirm={() => open.mutateAsync({ id })}
      >
        {t('sitting.openWithout.detail', numbers)}
      </ConfirmButton>
    );
  }
  return (
    <Button
      loading={open.isPending}
      leftSection={<IconPlayerPlay size={16} aria-hidden />}
      onClick={() => open.mutate({ id })}
    >
      {label}
    </Button>
  );
}

function MoreMenu() {
  const t = useSay();
  const { meeting } = useSitting();
  const suspend = useChange(client.meetings.suspend);
  const end = useChange(client.meetings.end);
  const [ending, asking] = useDisclosure(false);
  const [keys, setKeys] = useKeysOn();
  const voting = meeting.openPollIds.length > 0;
  const { id } = meeting;
  const left = meeting.agenda.filter(({ state }) => state === 'scheduled' || state === 'paused').length;
  return (
    <>
      <Menu position="bottom-end" width="17rem">
        <Menu.Target>
          <ActionIcon aria-label={t('sitting.conduct')} loading={suspend.isPending}>
            <IconDots size={19} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {voting && <Menu.Label>{t('sitting.turn.poll')}</Menu.Label>}
          {meeting.state === 'in-session' && (
            <Menu.Item
              disabled={voting}
              leftSection={<IconPlayerPause size={16} aria-hidden />}
              onClick={() => suspend.mutate({ id })}
            >
              {t('sitting.suspend')}
            </Menu.Item>
          )}
          <Menu.Item
            disabled={voting}
            color="red"
            leftSection={<IconPlayerStop size={16} aria-hidden />}
            onClick={asking.open}
          >
            {t('sitting.end')}
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item leftSection={<IconKeyboard size={16} aria-hidden />} onClick={() => setKeys(!keys)}>
            {t(keys ? 'sitting.keys.off' : 'sitting.keys.on')}
          </Menu.Item>
          {keys && <Menu.Label>{t('sitting.keys.list')}</Menu.Label>}
        </Menu.Dropdown>
      </Menu>
      <ConfirmDialog
        opened={ending}
        onClose={asking.close}
        title={t('sitting.endTitle')}
        action={t('sitting.end')}
        onConfirm={() => end.mutateAsync({ id })}
      >
        {left > 0 ? t('sitting.endDetailLeft', { count: left }) : t('sitting.endDetail')}
      </ConfirmDialog>
    </>
  );
}
