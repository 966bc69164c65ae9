import type { AgendaItem } from '@concert/domain/meetings/shapes.ts';
import { ActionIcon, Button, Group, Menu, Tooltip } from '@mantine/core';
import { IconChevronDown, IconPlayerPause, IconPlayerPlay, IconRotate } from '@tabler/icons-react';
import { client } from '../../../platform/query.ts';
import { KeyHint } from '../key-hint.tsx';
import { useChange } from '../queries.ts';
import { useSay } from '../say.ts';
import { useSitting } from '../sitting-context.tsx';
import styles from './clock.module.css';
import { ItemClock } from './clock-face.tsx';
import { durationText, isRunning } from './clock-text.ts';

const PRESETS_SEC = [60, 180, 300, 600, 900] as const;

/** The clock of an item; who conducts the sitting runs, stops and sets it for everybody. */
export function ClockPanel({ item }: { item: AgendaItem }) {
  const { meeting } = useSitting();
  const live = meeting.state === 'in-session' && item.id === meeting.currentItemId;
  return (
    <div className={styles.panel}>
      <ItemClock item={item} />
      {live && meeting.me.conducts && <ClockControls item={item} />}
    </div>
  );
}

function ClockControls({ item }: { item: AgendaItem }) {
  const t = useSay();
  const { meeting } = useSitting();
  const clock = useChange(client.meetings.clock);
  const { id } = meeting;
  const runs = isRunning(item.clock);
  const verb = t(runs ? 'sitting.clock.stop' : 'sitting.clock.run');
  return (
    <Group gap="xs">
      <KeyHint label={verb} keys="P">
        <Button
          variant={runs ? 'default' : 'filled'}
          leftSection={runs ? <IconPlayerPause size={16} aria-hidden /> : <IconPlayerPlay size={16} aria-hidden />}
          onClick={() => clock.mutate({ id, do: runs ? 'stop' : 'run' })}
        >
          {verb}
        </Button>
      </KeyHint>
      <KeyHint label={t('sitting.clock.addMinute')} keys="+">
        <Button
          variant="default"
          aria-label={t('sitting.clock.addMinute')}
          onClick={() => clock.mutate({ id, do: 'add', seconds: 60 })}
        >
          +1 min
        </Button>
      </KeyHint>
      <Tooltip label={t('sitting.clock.reset')}>
        <ActionIcon aria-label={t('sitting.clock.reset')} onClick={() => clock.mutate({ id, do: 'reset' })}>
          <IconRotate size={18} aria-hidden />
        </ActionIcon>
      </Tooltip>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon aria-label={t('sitting.clock.set')}>
            <IconChevronDown size={18} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>{t('sitting.clock.set')}</Menu.Label>
          {PRESETS_SEC.map((seconds) => (
            <Menu.Item key={seconds} onClick={() => clock.mutate({ id, do: 'reset', seconds })}>
              {durationText(seconds)}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    </Group>
  );
}
