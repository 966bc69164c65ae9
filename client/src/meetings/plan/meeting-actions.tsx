import type { Meeting } from '@concert/domain/meetings/shapes.ts';
import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconBroadcast, IconChecklist, IconMailForward, IconPlayerPlay } from '@tabler/icons-react';
import { Link, useNavigate } from 'react-router';
import { useText } from '../../platform/i18n.ts';
import { client } from '../../platform/query.ts';
import { ConfirmDialog } from '../../ui/confirm-button.tsx';
import { messages } from '../messages.ts';
import { useChange } from '../queries.ts';
import { ConveneDialog } from './convene-dialog.tsx';
import { MeetingMenu } from './meeting-menu.tsx';

/** What can be done with a meeting as it stands, the next step first. */
export function MeetingActions({ meeting }: { meeting: Meeting }) {
  const { state, me, mode } = meeting;
  const isConvened = state === 'convened' || state === 'frozen';
  return (
    <>
      {(state === 'in-session' || state === 'suspended') && <Join meeting={meeting} />}
      {me.conducts && (state === 'draft' || state === 'postponed') && <Convene meeting={meeting} />}
      {isConvened && mode === 'written' && <Consult meeting={meeting} />}
      {me.conducts && isConvened && mode !== 'written' && <Open meeting={meeting} />}
      {me.conducts && <MeetingMenu meeting={meeting} />}
    </>
  );
}

function Join({ meeting: { id } }: { meeting: Meeting }) {
  const t = useText(messages);
  return (
    <Button component={Link} to={`/meetings/${id}/sitting`} leftSection={<IconBroadcast size={17} aria-hidden />}>
      {t('join.sitting')}
    </Button>
  );
}

/** To the votes of a meeting in writing, which run from its convocation on. */
function Consult({ meeting: { id, me } }: { meeting: Meeting }) {
  const t = useText(messages);
  return (
    <Button
      component={Link}
      to={`/meetings/${id}/sitting`}
      variant={me.conducts ? 'filled' : 'default'}
      leftSection={<IconChecklist size={17} aria-hidden />}
    >
      {t(me.conducts ? 'written.conduct' : 'written.join')}
    </Button>
  );
}

function Convene({ meeting }: { meeting: Meeting }) {
  const t = useText(messages);
  const [opened, { open, close }] = useDisclosure(false);
  return (
    <>
      <Button leftSection={<IconMailForward size={17} aria-hidden />} onClick={open}>
        {t('convene')}
      </Button>
      <ConveneDialog meeting={meeting} opened={opened} onClose={close} />
    </>
  );
}

/** How long before its beginning a sitting is opened as a rule. */
const SOON_MS = 3_600_000;

function Open({ meeting }: { meeting: Meeting }) {
  const t = useText(messages);
  const navigate = useNavigate();
  const [asking, { open, close }] = useDisclosure(false);
  const begin = useChange(client.meetings.open);
  const soon = meeting.startAt !== undefined && Date.parse(meeting.startAt) - Date.parse(meeting.now) < SOON_MS;
  const start = async () => {
    await begin.mutateAsync({ id: meeting.id });
    await navigate(`/meetings/${meeting.id}/sitting`);
  };
  return (
    <>
      <Button
        variant={soon ? 'filled' : 'default'}
        leftSection={<IconPlayerPlay size={17} aria-hidden />}
        onClick={open}
      >
        {t('open')}
      </Button>
      <ConfirmDialog
        opened={asking}
        onClose={close}
        title={t('open.title')}
        action={t('open')}
        onConfirm={start}
        danger={false}
      >
        {t(soon ? 'open.detail' : 'open.early')}
      </ConfirmDialog>
    </>
  );
}
