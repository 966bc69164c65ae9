import type { Poll } from '@concert/domain/meetings/polls-api.ts';
import { countsNothing } from '@concert/domain/polls/hands.ts';
import { Button, Group, Menu, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconChevronDown, IconPencil, IconSpeakerphone, IconTrash } from '@tabler/icons-react';
import { client } from '../../../platform/query.ts';
import { ConfirmButton } from '../../../ui/confirm-button.tsx';
import { durationText } from '../clock/clock-text.ts';
import { usePollChange, useRemovePoll } from '../queries.ts';
import { useSay } from '../say.ts';
import { useSitting } from '../sitting-context.tsx';
import { AnnulDialog } from './annul-dialog.tsx';
import { openable } from './openable.ts';
import styles from './poll.module.css';
import { PollDialog } from './poll-dialog.tsx';
import { runoffOf } from './poll-form-values.ts';

const DAY_SEC = 86_400;
const LIMITS_SEC = [60, 120, 300, 600] as const;
/** In writing people have days to vote. */
const WRITTEN_SEC = [DAY_SEC, 3 * DAY_SEC, 7 * DAY_SEC, 14 * DAY_SEC] as const;

/** Of a prepared poll: open it, with a time limit or without; change or remove it. */
export function DraftControls({ poll }: { poll: Poll }) {
  const t = useSay();
  const { meeting } = useSitting();
  const remove = useRemovePoll(poll);
  const [changing, dialog] = useDisclosure(false);
  return (
    <Group gap="xs">
      {openable(meeting, poll) && <OpenButton poll={poll} />}
      <Button variant="default" leftSection={<IconPencil size={16} aria-hidden />} onClick={dialog.open}>
        {t('poll.change')}
      </Button>
      <ConfirmButton
        label={t('poll.remove')}
        leftSection={<IconTrash size={16} aria-hidden />}
        title={t('poll.removeTitle')}
        action={t('poll.remove')}
        onConfirm={() => remove.mutateAsync()}
      >
        {t('poll.removeDetail')}
      </ConfirmButton>
      <PollDialog opened={changing} onClose={dialog.close} itemId={poll.itemId} poll={poll} />
    </Group>
  );
}

/** Opens a poll until it is closed, or for a time. Without a quorum it does not open. */
function OpenButton({ poll: { id } }: { poll: Poll }) {
  const t = useSay();
  const { meeting } = useSitting();
  const open = usePollChange(client.polls.open);
  const written = meeting.mode === 'written';
  const { asked, reached, secondCall } = meeting.quorum;
  if (!written && asked && !secondCall && !reached) {
    return (
      <Text size="sm" c="dimmed">
        {t('poll.noQuorum')}
      </Text>
    );
  }
  return (
    <Button.Group>
      <Button loading={open.isPending} onClick={() => open.mutate({ id })}>
        {t('poll.open')}
      </Button>
      <Menu position="bottom-end">
        <Menu.Target>
          <Button px={8} aria-label={t('poll.openFor')} disabled={open.isPending}>
            <IconChevronDown size={16} aria-hidden />
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>{t('poll.openFor')}</Menu.Label>
          {(written ? WRITTEN_SEC : LIMITS_SEC).map((seconds) => (
            <Menu.Item key={seconds} onClick={() => open.mutate({ id, seconds })}>
              {written ? t('poll.days', { count: seconds / DAY_SEC }) : durationText(seconds)}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    </Button.Group>
  );
}

/** Of an open poll: close and count it, correct its wording, annul it. */
export function OpenControls({ poll, unsaved }: { poll: Poll; unsaved: boolean }) {
  const t = useSay();
  const close = usePollChange(client.polls.close);
  const [changing, dialog] = useDisclosure(false);
  const missing = poll.turnout.of - poll.turnout.cast;
  return (
    <Group gap="xs" className={styles.controls}>
      {poll.byHands && !unsaved && countsNothing(poll.hands) ? (
        <ConfirmButton
          label={t('poll.close')}
          title={t('poll.hands.noneTitle')}
          action={t('poll.hands.noneClose')}
          onConfirm={() => close.mutateAsync({ id: poll.id, empty: true })}
        >
          {t('poll.hands.noneDetail')}
        </ConfirmButton>
      ) : missing > 0 && !poll.byHands ? (
        <ConfirmButton
          label={t('poll.close')}
          danger={false}
          title={t('poll.closeTitle')}
          action={t('poll.close')}
          onConfirm={() => close.mutateAsync({ id: poll.id })}
        >
          {t('poll.closeDetail', { count: missing })}
        </ConfirmButton>
      ) : (
        <Button disabled={unsaved} loading={close.isPending} onClick={() => close.mutate({ id: poll.id })}>
          {t('poll.close')}
        </Button>
      )}
      <Button variant="default" onClick={dialog.open}>
        {t('poll.reword')}
      </Button>
      <AnnulDialog poll={poll} />
      <PollDialog opened={changing} onClose={dialog.close} itemId={poll.itemId} poll={poll} />
    </Group>
  );
}

/** Of a counted poll: settle a tie, make it known, prepare the second round, annul it. */
export function ClosedControls({ poll }: { poll: Poll }) {
  const t = useSay();
  const { meeting } = useSitting();
  const publish = usePollChange(client.polls.publish);
  const [again, dialog] = useDisclosure(false);
  const runoff = (poll.result?.runoff.length ?? 0) > 0;
  const settles = useSettles(poll);
  return (
    <Group gap="xs">
      {settles && <TieButtons poll={poll} />}
      {poll.state === 'closed' && (
        <Button
          variant={settles ? 'default' : 'filled'}
          loading={publish.isPending}
          leftSection={<IconSpeakerphone size={16} aria-hidden />}
          onClick={() => publish.mutate({ id: poll.id })}
        >
          {t('poll.publish')}
        </Button>
      )}
      {runoff && (
        <Button variant="default" onClick={dialog.open}>
          {t('poll.secondRound')}
        </Button>
      )}
      <AnnulDialog poll={poll} />
      {runoff && (
        <PollDialog
          opened={again}
          onClose={dialog.close}
          itemId={poll.itemId}
          initial={runoffOf(poll, meeting.rules)}
        />
      )}
    </Group>
  );
}

/** Whether the reader settles a tie as the chair; never of a secret poll. */
function useSettles({ state, method, result, majority, secrecy }: Poll): boolean {
  const { person, myId } = useSitting();
  const role = person(myId)?.role;
  const tied = state === 'closed' && method === 'motion' && result?.outcome === 'tie';
  return tied && (role === 'chair' || role === 'vice-chair') && majority.tie === 'chair' && secrecy !== 'secret';
}

/** The vote of the chair, which settles a tie. */
function TieButtons({ poll }: { poll: Poll }) {
  const t = useSay();
  const settle = usePollChange(client.polls.settleTie);
  return (['yes', 'no'] as const).map((vote) => (
    <ConfirmButton
      key={vote}
      variant="light"
      label={t(`poll.tie.${vote}`)}
      danger={false}
      title={t('poll.tie.title')}
      action={t(`poll.tie.${vote}`)}
      onConfirm={() => settle.mutateAsync({ id: poll.id, vote })}
    >
      {t('poll.tie.detail')}
    </ConfirmButton>
  ));
}
