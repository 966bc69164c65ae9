import type { WaitingMinutes } from '@concert/domain/meetings/minutes-api.ts';
import type { Meeting } from '@concert/domain/meetings/shapes.ts';
import { Anchor, Button, Group, Text } from '@mantine/core';
import { IconFileCheck } from '@tabler/icons-react';
import { Link } from 'react-router';
import { useText } from '../../platform/i18n.ts';
import { useProblemText } from '../../platform/problem-text.ts';
import { client } from '../../platform/query.ts';
import { isArranged } from '../logic/agenda.ts';
import { messages } from '../messages.ts';
import { useChange } from '../queries.ts';
import styles from './minutes.module.css';
import { useWaitingMinutes } from './queries.ts';

/** An item's title is no longer than this. */
const MAX_TITLE = 200;
const PLANNED_SEC = 300;

/** [M73] To who conducts: minutes of earlier meetings that wait for one in which they are approved. */
export function WaitingHint({ meeting }: { meeting: Meeting }) {
  const arranges = meeting.me.conducts && isArranged(meeting);
  const waiting = useWaitingMinutes(meeting.bodyId, arranges);
  const listed = new Set(meeting.agenda.map(({ minutesOf }) => minutesOf));
  const missing = (waiting.data?.items ?? []).filter(
    ({ meetingId }) => meetingId !== meeting.id && !listed.has(meetingId),
  );
  if (!arranges) return null;
  return missing.map((one) => <Waiting key={one.meetingId} meeting={meeting} waiting={one} />);
}

function Waiting({ meeting, waiting }: { meeting: Meeting; waiting: WaitingMinutes }) {
  const t = useText(messages);
  const explain = useProblemText();
  const add = useChange(client.meetings.addItem, { inPlace: true });
  const { meetingId, title, documentId } = waiting;
  const put = () =>
    add.mutate({
      id: meeting.id,
      title: t('minutes.itemTitle', { title }).slice(0, MAX_TITLE),
      kind: 'decision',
      plannedSec: PLANNED_SEC,
      minutesOf: meetingId,
    });
  return (
    <div className={styles.waiting}>
      <Group gap="sm" wrap="nowrap" flex="1 1 16rem">
        <IconFileCheck size={20} stroke={1.6} aria-hidden style={{ flex: 'none' }} />
        <Text size="sm">
          <Anchor component={Link} to={`/documents/${documentId}`} inherit underline="always">
            {t('minutes.of', { title })}
          </Anchor>{' '}
          {t('minutes.waits')}
        </Text>
      </Group>
      <Button size="xs" loading={add.isPending} onClick={put}>
        {t('minutes.putOnAgenda')}
      </Button>
      {add.isError && (
        <Text size="sm" c="red" role="alert" w="100%">
          {explain(add.error)}
        </Text>
      )}
    </div>
  );
}
