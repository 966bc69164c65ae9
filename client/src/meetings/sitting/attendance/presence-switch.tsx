import type { Attendee } from '@concert/domain/meetings/shapes.ts';
import { ActionIcon, Box, Tooltip } from '@mantine/core';
import { IconArmchair, IconDeviceLaptop, IconDoorExit } from '@tabler/icons-react';
import { client } from '../../../platform/query.ts';
import { useChange } from '../queries.ts';
import { useSay } from '../say.ts';
import { useSitting } from '../sitting-context.tsx';
import styles from './attendance.module.css';

const PLACES = [
  ['in', IconArmchair],
  ['remote', IconDeviceLaptop],
  ['out', IconDoorExit],
] as const;

/** Where somebody is, as who conducts the sitting notes it. */
export function PresenceSwitch({ attendee: { personId, name, presence } }: { attendee: Attendee }) {
  const t = useSay();
  const { meeting } = useSitting();
  const attend = useChange(client.meetings.attend);
  return (
    <Box className={styles.switch} role="group" aria-label={t('sitting.attendance.of', { name })}>
      {PLACES.map(([what, Sign]) => (
        <Tooltip key={what} label={t(`sitting.presence.${what}`)}>
          <ActionIcon
            size="md"
            variant={presence === what ? 'light' : 'subtle'}
            color={presence === what && what !== 'out' ? 'lagoon' : 'gray'}
            aria-label={t(`sitting.presence.${what}`)}
            aria-pressed={presence === what}
            disabled={attend.isPending}
            onClick={() => {
              if (presence !== what) attend.mutate({ id: meeting.id, what, personId });
            }}
          >
            <Sign size={16} stroke={1.7} aria-hidden />
          </ActionIcon>
        </Tooltip>
      ))}
    </Box>
  );
}
