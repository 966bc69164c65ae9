import { Button, Group, Menu } from '@mantine/core';
import { IconChevronDown, IconDeviceLaptop, IconDoorExit, IconUserCheck } from '@tabler/icons-react';
import { client } from '../../../platform/query.ts';
import { useChange } from '../queries.ts';
import { useSay } from '../say.ts';
import { useSitting } from '../sitting-context.tsx';
import styles from './attendance.module.css';

/** States of a meeting in which it is noted who is there. */
export const ATTENDED: ReadonlySet<string> = new Set(['convened', 'frozen', 'in-session', 'suspended']);

/** Whether the reader says themself that they come and leave. */
export function useAttends(): boolean {
  const { state, mode, me } = useSitting().meeting;
  // In writing everybody is there.
  if (mode === 'written') return false;
  return me.quality !== undefined && (me.takesPart || me.conducts) && ATTENDED.has(state);
}

/** Says that one is there, in the room or at a distance, and that one leaves. */
export function OwnPresence({ compact = false }: { compact?: boolean }) {
  const t = useSay();
  const { meeting } = useSitting();
  const attend = useChange(client.meetings.attend);
  const attends = useAttends();
  if (!attends) return null;
  const go = (what: 'in' | 'remote' | 'out') => attend.mutate({ id: meeting.id, what });
  const inRoom = meeting.mode !== 'remote';
  const atDistance = meeting.mode !== 'room';
  const { presence } = meeting.me;
  if (presence === 'out') {
    return (
      <Group gap="xs" wrap="nowrap">
        {inRoom && (
          <Button
            loading={attend.isPending}
            leftSection={<IconUserCheck size={16} aria-hidden />}
            onClick={() => go('in')}
          >
            {t('sitting.own.in')}
          </Button>
        )}
        {atDistance && (
          <Button
            variant={inRoom ? 'default' : 'filled'}
            disabled={attend.isPending}
            leftSection={compact && inRoom ? undefined : <IconDeviceLaptop size={16} aria-hidden />}
            onClick={() => go('remote')}
          >
            {t('sitting.own.remote')}
          </Button>
        )}
      </Group>
    );
  }
  const other = presence === 'in' ? 'remote' : 'in';
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button
          variant="default"
          loading={attend.isPending}
          leftSection={<span className={styles.dot} aria-hidden />}
          rightSection={<IconChevronDown size={15} aria-hidden />}
        >
          {t(`sitting.presence.${presence}`)}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {(other === 'in' ? inRoom : atDistance) && (
          <Menu.Item
            leftSection={
              other === 'in' ? <IconUserCheck size={16} aria-hidden /> : <IconDeviceLaptop size={16} aria-hidden />
            }
            onClick={() => go(other)}
          >
            {t(other === 'in' ? 'sitting.own.toRoom' : 'sitting.own.toRemote')}
          </Menu.Item>
        )}
        <Menu.Item leftSection={<IconDoorExit size={16} aria-hidden />} onClick={() => go('out')}>
          {t('sitting.own.out')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
