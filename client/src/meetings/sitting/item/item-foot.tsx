import { Button, Menu, Text } from '@mantine/core';
import { IconChevronDown, IconPlayerSkipForward } from '@tabler/icons-react';
import { client } from '../../../platform/query.ts';
import { nextItem, turnHindered } from '../agenda/course.ts';
import { KeyHint } from '../key-hint.tsx';
import { useChange } from '../queries.ts';
import { useSay } from '../say.ts';
import { useSitting } from '../sitting-context.tsx';
import styles from './item.module.css';

/** How who conducts goes on from the item that is open. */
export function ItemFoot() {
  const t = useSay();
  const { meeting, current } = useSitting();
  const turn = useChange(client.meetings.turnTo);
  const next = nextItem(meeting);
  const hindered = turnHindered(meeting);
  if (!meeting.me.conducts || !current || hindered === 'not-open') return null;
  const { id } = meeting;
  const busy = turn.isPending;
  return (
    <footer className={styles.foot}>
      {next && (
        <KeyHint label={t('sitting.turn.next')} keys="N">
          <Button
            disabled={hindered !== undefined}
            loading={busy}
            leftSection={<IconPlayerSkipForward size={16} aria-hidden />}
            onClick={() => turn.mutate({ id, itemId: next.id, leave: 'done' })}
          >
            {t('sitting.turn.nextNumber', { number: next.number ?? '' })}
          </Button>
        </KeyHint>
      )}
      <Menu position="bottom-start">
        <Menu.Target>
          <Button
            variant="default"
            disabled={hindered !== undefined || busy}
            rightSection={<IconChevronDown size={16} aria-hidden />}
          >
            {t('sitting.turn.otherwise')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {next && (
            <Menu.Item onClick={() => turn.mutate({ id, itemId: next.id, leave: 'paused' })}>
              {t('sitting.turn.pauseAndNext', { number: next.number ?? '' })}
            </Menu.Item>
          )}
          <Menu.Item onClick={() => turn.mutate({ id, itemId: null, leave: 'done' })}>
            {t('sitting.turn.doneOnly')}
          </Menu.Item>
          <Menu.Item onClick={() => turn.mutate({ id, itemId: null, leave: 'paused' })}>
            {t('sitting.turn.pauseOnly')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {hindered === 'poll' && (
        <Text size="sm" c="dimmed" style={{ alignSelf: 'center' }}>
          {t('sitting.turn.poll')}
        </Text>
      )}
    </footer>
  );
}
