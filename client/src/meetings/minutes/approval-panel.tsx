import type { Minutes } from '@concert/domain/meetings/minutes-api.ts';
import type { AgendaItem } from '@concert/domain/meetings/shapes.ts';
import { Alert, Anchor, Button, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconFileCheck, IconRosetteDiscountCheck } from '@tabler/icons-react';
import { Link } from 'react-router';
import { useText } from '../../platform/i18n.ts';
import { useProblemText } from '../../platform/problem-text.ts';
import { client } from '../../platform/query.ts';
import { ConfirmDialog } from '../../ui/confirm-button.tsx';
import { sayDone } from '../../ui/notify.ts';
import { messages } from '../messages.ts';
import { useSitting } from '../sitting/sitting-context.tsx';
import styles from './minutes.module.css';
import { useMinutes, useMinutesChange } from './queries.ts';

/** [M73] On an item about the minutes of an earlier meeting: how they stand, and for who conducts their approval. */
export function ApprovalPanel({ item }: { item: AgendaItem }) {
  if (item.minutesOf === undefined || item.barred) return null;
  return <Panel item={item} meetingId={item.minutesOf} />;
}

function Panel({ item, meetingId }: { item: AgendaItem; meetingId: string }) {
  const t = useText(messages);
  const { meeting } = useSitting();
  const minutes = useMinutes(meetingId);
  // Somebody who was not called to that meeting may not know of it.
  if (!minutes.data?.state) return null;
  const { state, title, documentId } = minutes.data;
  const Sign = state === 'approved' ? IconRosetteDiscountCheck : IconFileCheck;
  const isRunning = meeting.state === 'in-session' || meeting.state === 'suspended';
  return (
    <section className={styles.approval} data-state={state} aria-label={t('minutes.of', { title })}>
      <Sign size={24} stroke={1.6} aria-hidden color="var(--concert-accent-text)" style={{ flex: 'none' }} />
      <div>
        <Text fw={600}>
          {documentId ? (
            <Anchor component={Link} to={`/documents/${documentId}`} inherit c="inherit" underline="always">
              {t('minutes.of', { title })}
            </Anchor>
          ) : (
            t('minutes.of', { title })
          )}
        </Text>
        <Text size="sm" c="dimmed" role="status">
          {t(`minutes.approval.${state}`)}
        </Text>
      </div>
      {meeting.me.conducts && isRunning && state === 'submitted' && <Approve item={item} minutes={minutes.data} />}
    </section>
  );
}

function Approve({ item, minutes: { meetingId, title } }: { item: AgendaItem; minutes: Minutes }) {
  const t = useText(messages);
  const explain = useProblemText();
  const { meeting, polls } = useSitting();
  const [asking, { open, close }] = useDisclosure(false);
  const approve = useMinutesChange(client.minutes.approve, { inPlace: true });
  const voted = polls.some(({ itemId, state }) => itemId === item.id && state !== 'draft');
  const run = async () => {
    await approve.mutateAsync({ id: meetingId, meetingId: meeting.id, itemId: item.id });
    sayDone(t('minutes.approved', { title }));
  };
  const end = () => {
    approve.reset();
    close();
  };
  return (
    <>
      <Button leftSection={<IconRosetteDiscountCheck size={17} aria-hidden />} onClick={open}>
        {t('minutes.approve')}
      </Button>
      <ConfirmDialog
        opened={asking}
        onClose={end}
        title={t('minutes.approveTitle')}
        action={t('minutes.approve')}
        onConfirm={run}
        danger={false}
      >
        {t(voted ? 'minutes.approveVoted' : 'minutes.approveUnopposed', { title })}
        {approve.isError && (
          <Alert color="red" variant="light" role="alert" mt="md">
            {explain(approve.error)}
          </Alert>
        )}
      </ConfirmDialog>
    </>
  );
}
