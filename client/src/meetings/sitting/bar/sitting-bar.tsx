import { ActionIcon, Anchor, Badge, Button, Group, Title, Tooltip, VisuallyHidden } from '@mantine/core';
import { IconPresentation, IconVideo } from '@tabler/icons-react';
import { Link } from 'react-router';
import { useLocale } from '../../../platform/i18n.ts';
import { OwnPresence } from '../attendance/own-presence.tsx';
import { QuorumChip } from '../attendance/quorum-chip.tsx';
import { TimeNow } from '../clock/clock-face.tsx';
import { minutesLate, timeText } from '../clock/clock-text.ts';
import { useSay } from '../say.ts';
import { useSitting } from '../sitting-context.tsx';
import styles from './bar.module.css';
import { ConductControls } from './conduct-controls.tsx';
import { VoteButton } from './vote-button.tsx';

const TONES: Readonly<Record<string, string>> = { 'in-session': 'lagoon', suspended: 'yellow' };

/** The head of the sitting: where it stands, what time it is, whether enough are there, and one's own place in it. */
export function SittingBar() {
  const t = useSay();
  const { meeting } = useSitting();
  return (
    <header className={styles.bar}>
      <div className={styles.about}>
        <div className={styles.name}>
          <Title order={1} className={styles.title}>
            <Anchor component={Link} to={`/meetings/${meeting.id}`} inherit c="inherit" underline="hover">
              {meeting.title}
            </Anchor>
          </Title>
          <Badge radius="sm" variant="light" color={TONES[meeting.state] ?? 'gray'}>
            {t(`sitting.state.${meeting.state}`)}
          </Badge>
        </div>
        <div className={styles.facts}>
          <TimeNow className={styles.now} />
          <End />
          <QuorumChip />
        </div>
      </div>
      <Group gap="xs" className={styles.actions}>
        {meeting.roomUrl && (
          <Button
            component="a"
            href={meeting.roomUrl}
            target="_blank"
            rel="noopener noreferrer"
            variant="default"
            leftSection={<IconVideo size={16} aria-hidden />}
          >
            {t('sitting.room')}
          </Button>
        )}
        <Tooltip label={t('sitting.screen')}>
          <ActionIcon component={Link} to={`/meetings/${meeting.id}/screen`} aria-label={t('sitting.screen')}>
            <IconPresentation size={19} stroke={1.7} aria-hidden />
          </ActionIcon>
        </Tooltip>
        <span className={styles.own}>
          <VoteButton variant="light" />
          <OwnPresence />
        </span>
        {meeting.me.conducts && <ConductControls />}
      </Group>
    </header>
  );
}

/** When the meeting ends by the plan, and otherwise where it is running late or early. */
function End() {
  const t = useSay();
  const locale = useLocale();
  const { endAt, expectedEnd, timeZone } = useSitting().meeting;
  if (!endAt && !expectedEnd) return null;
  const time = (at: string): string => timeText(locale, at, timeZone);
  if (!endAt || !expectedEnd) {
    return <span className={styles.fact}>{t('sitting.end.planned', { time: time(endAt ?? expectedEnd ?? '') })}</span>;
  }
  const late = minutesLate(expectedEnd, endAt);
  if (Math.abs(late) < 1) return <span className={styles.fact}>{t('sitting.end.planned', { time: time(endAt) })}</span>;
  return (
    <span className={styles.fact} data-late={late > 0 || undefined}>
      {t('sitting.end.expected', { time: time(expectedEnd) })}{' '}
      <Tooltip label={t('sitting.end.planned', { time: time(endAt) })}>
        <span className={styles.drift}>{late > 0 ? `+${late}` : `−${-late}`} min</span>
      </Tooltip>
      <VisuallyHidden>{t('sitting.end.planned', { time: time(endAt) })}</VisuallyHidden>
    </span>
  );
}
