import { Button, Group, Text } from '@mantine/core';
import { IconLock, IconLockOpen } from '@tabler/icons-react';
import { client } from '../../../platform/query.ts';
import { Rows } from '../../../ui/rows.tsx';
import { useChange } from '../queries.ts';
import { useSay } from '../say.ts';
import { useSitting } from '../sitting-context.tsx';
import { AddSpeaker } from './add-speaker.tsx';
import { AskToSpeak } from './ask-to-speak.tsx';
import { Budgets } from './budgets.tsx';
import { listOf } from './floor.ts';
import { SpeakerRow } from './speaker-row.tsx';
import styles from './speakers.module.css';

/** Who speaks on the item that is open, who comes next, and asking to speak. */
export function SpeakersPanel() {
  const t = useSay();
  const { meeting, current } = useSitting();
  if (!current || current.barred) {
    return (
      <Text size="sm" c="dimmed">
        {t('sitting.speakers.noItem')}
      </Text>
    );
  }
  const { speaking, paused, waiting, done } = listOf(meeting.speakers, current.id);
  const conducts = meeting.me.conducts && meeting.state === 'in-session';
  return (
    <div className={styles.panel}>
      {speaking && (
        <div className={styles.floor}>
          <SpeakerRow speaker={speaking} />
        </div>
      )}
      {paused.length > 0 && (
        <Rows label={t('sitting.speakers.paused')}>
          {paused.map((speaker) => (
            <SpeakerRow key={speaker.id} speaker={speaker} />
          ))}
        </Rows>
      )}
      <ListHead count={waiting.length} open={current.queueOpen} />
      <Rows label={t('sitting.speakers.waiting')}>
        {waiting.map((speaker, index) => (
          <SpeakerRow key={speaker.id} speaker={speaker} place={index + 1} />
        ))}
      </Rows>
      {meeting.me.takesPart && <AskToSpeak />}
      {conducts && <AddSpeaker />}
      <Budgets />
      {done.length > 0 && (
        <details className={styles.done}>
          <summary>{t('sitting.speakers.done', { count: done.length })}</summary>
          <Rows>
            {done.map((speaker) => (
              <SpeakerRow key={speaker.id} speaker={speaker} />
            ))}
          </Rows>
        </details>
      )}
    </div>
  );
}

function ListHead({ count, open }: { count: number; open: boolean }) {
  const t = useSay();
  const { meeting, current } = useSitting();
  const change = useChange(client.meetings.changeItem);
  const conducts = meeting.me.conducts && meeting.state === 'in-session';
  return (
    <Group justify="space-between" gap="xs" wrap="nowrap">
      <Text size="sm" fw={580}>
        {open
          ? t(count > 0 ? 'sitting.speakers.count' : 'sitting.speakers.none', { count })
          : t('sitting.speakers.closed')}
      </Text>
      {conducts && current && (
        <Button
          flex="none"
          size="compact-xs"
          variant="subtle"
          color="gray"
          loading={change.isPending}
          leftSection={open ? <IconLock size={14} aria-hidden /> : <IconLockOpen size={14} aria-hidden />}
          onClick={() => change.mutate({ id: meeting.id, itemId: current.id, queueOpen: !open })}
        >
          {t(open ? 'sitting.speakers.close' : 'sitting.speakers.reopen')}
        </Button>
      )}
    </Group>
  );
}
