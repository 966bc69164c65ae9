import type { Meeting } from '@concert/domain/meetings/shapes.ts';
import { Alert, Button, Group, Text } from '@mantine/core';
import { IconAlertTriangle, IconArrowsExchange, IconCalendarOff, IconChecklist } from '@tabler/icons-react';
import { Link } from 'react-router';
import { useText } from '../../platform/i18n.ts';
import { client } from '../../platform/query.ts';
import { useMe } from '../../platform/session.tsx';
import { ConflictNotices } from '../agenda/conflict-notices.tsx';
import { messages } from '../messages.ts';
import { useChange } from '../queries.ts';
import { useNames } from '../use-names.ts';
import styles from './facts.module.css';

/** What must be known before anything else: why it is not held, why it was convened late, what others ask of the reader. */
export function Banners({ meeting }: { meeting: Meeting }) {
  const t = useText(messages);
  const { state, cancelReason, urgency } = meeting;
  const off = state === 'cancelled' || state === 'postponed';
  const held = state === 'ended';
  return (
    <>
      {off && (
        <Alert
          mb="md"
          color={state === 'cancelled' ? 'red' : 'yellow'}
          variant="light"
          icon={<IconCalendarOff aria-hidden />}
          title={t(`cancelled.${state}`)}
        >
          {cancelReason}
        </Alert>
      )}
      {urgency && !off && !held && (
        <Alert
          mb="md"
          color="yellow"
          variant="light"
          icon={<IconAlertTriangle aria-hidden />}
          title={t('urgency.title')}
        >
          {urgency}
        </Alert>
      )}
      <OpenVotes meeting={meeting} />
      <ConflictNotices meeting={meeting} />
      <ProxyOffers meeting={meeting} />
    </>
  );
}

/** In writing: leads to the votes that are open, which nobody goes looking for. */
function OpenVotes({ meeting: { id, mode, openPollIds } }: { meeting: Meeting }) {
  const t = useText(messages);
  if (mode !== 'written' || openPollIds.length === 0) return null;
  return (
    <div className={styles.offer}>
      <Group gap="sm" wrap="nowrap" flex="1 1 16rem">
        <IconChecklist size={20} stroke={1.6} aria-hidden style={{ flex: 'none' }} />
        <Text size="sm">{t('written.open', { count: openPollIds.length })}</Text>
      </Group>
      <Button component={Link} to={`/meetings/${id}/sitting`} size="xs">
        {t('written.go')}
      </Button>
    </div>
  );
}

/** Votes that others would put into the reader's hands. */
function ProxyOffers({ meeting }: { meeting: Meeting }) {
  const t = useText(messages);
  const { id: myId } = useMe();
  const { nameOf, itemOf } = useNames(meeting);
  const settle = useChange(client.meetings.settleProxy);
  const over = meeting.state === 'ended' || meeting.state === 'cancelled';
  const offered = meeting.proxies.filter(({ toId, state }) => toId === myId && state === 'given');
  if (over) return null;
  return offered.map((proxy) => {
    const answer = (as: 'accepted' | 'refused') => settle.mutate({ id: meeting.id, proxyId: proxy.id, as });
    return (
      <div key={proxy.id} className={styles.offer}>
        <Group gap="sm" wrap="nowrap" flex="1 1 16rem">
          <IconArrowsExchange size={20} stroke={1.6} aria-hidden style={{ flex: 'none' }} />
          <Text size="sm">
            {proxy.itemId
              ? t('proxy.offered.item', { name: nameOf(proxy.fromId), item: itemOf(proxy.itemId) })
              : t('proxy.offered', { name: nameOf(proxy.fromId) })}
          </Text>
        </Group>
        <Group gap="xs">
          <Button size="xs" disabled={settle.isPending} onClick={() => answer('accepted')}>
            {t('proxy.accept')}
          </Button>
          <Button size="xs" variant="default" disabled={settle.isPending} onClick={() => answer('refused')}>
            {t('proxy.refuse')}
          </Button>
        </Group>
      </div>
    );
  });
}
