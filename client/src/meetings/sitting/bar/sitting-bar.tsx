import type { Meeting } from '@concert/domain/meetings/shapes.ts';
import { ActionIcon, Anchor, Badge, Group, Title, Tooltip, VisuallyHidden } from '@mantine/core';
import { IconPresentation } from '@tabler/icons-react';
import { Link } from 'react-router';
import { useLocale } from '../../../platform/i18n.ts';
import { MinutesToggle } from '../../minutes/toggle.tsx';
import { RoomButton } from '../../room/room-button.tsx';
import { OwnPresence } from '../attendance/own-presence.tsx';
import { QuorumChip } from '../attendance/quorum-chip.tsx';
import { TimeNow } from '../clock/clock-face.tsx';
import { timeText } from '../clock/clock-text.ts';
import { minutesLonger } from '../clock/drift.ts';
import { useSay } from '../say.ts';
import { useSitting } from '../sitting-context.tsx';
import styles from './bar.module.css';
import { ConductControls } from './conduct-controls.tsx';
import { VoteButton } from './vote-button.tsx';

const TONES: Readonly<Record<string, string>> = { 'in-session': 'lagoon', suspended: 'yellow' };

const RUNS: ReadonlySet<string> = new Set(['in-session', 'suspended']);

/** In writing there is no sitting: a consultation runs from the convocation until it is closed. */
function stateKey({ mode, state }: Meeting) {
  if (mode !== 'written') return `sitting.state.${state}` as const;
  if (state === 'convened' || state === 'frozen') return 'sitting.written.open' as const;
  return state === 'ended' ? ('sitting.written.closed' as const) : (`sitting.state.${state}` as const);
}

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
            {t(stateKey(meeting))}
          </Badge>
        </div>
        <div className={styles.facts}>
          <TimeNow className={styles.now} />
          <End />
          {meeting.mode !== 'written' && <QuorumChip />}
        </div>
      </div>
      <Group gap="xs" className={styles.actions}>
        <MinutesToggle />
        {meeting.mode !== 'written' && <RoomButton />}
        {meeting.mode !== 'written' && (
          <Tooltip label={t('sitting.screen')}>
            <ActionIcon component={Link} to={`/meetings/${meeting.id}/screen`} aria-label={t('sitting.screen')}>
              <IconPresentation size={19} stroke={1.7} aria-hidden />
            </ActionIcon>
          </Tooltip>
        )}
        <span className={styles.own}>
          <VoteButton variant="light" />
          <OwnPresence />
        </span>
        {meeting.me.conducts && <ConductControls />}
      </Group>
    </header>
  );
}

/** When the meeting ends: by the plan before it opens, afterwards by how it goes, with what that is off the plan. */
function End() {
  const t = useSay();
  const locale = useLocale();
  const { meeting } = useSitting();
  const { state, endAt, endedAt, expectedEnd, timeZone } = meeting;
  const time = (at: string): string => timeText(locale, at, timeZone);
  if (endedAt) return <span className={styles.fact}>{t('sitting.end.at', { time: time(endedAt) })}</span>;
  const end = RUNS.has(state) ? (expectedEnd ?? endAt) : (endAt ?? expectedEnd);
  if (!end || meeting.mode === 'written') return null;
  if (!RUNS.has(state)) return <span className={styles.fact}>{t('sitting.end.planned', { time: time(end) })}</span>;
  const late = minutesLonger(meeting);
  const against = t(late > 0 ? 'sitting.end.longer' : 'sitting.end.shorter', { count: Math.abs(late) });
  return (
    <span className={styles.fact} data-late={late > 0 || undefined}>
      {t('sitting.end.expected', { time: time(end) })}{' '}
      {late !== 0 && (
        <>
          <Tooltip label={against}>
            <span className={styles.drift} aria-hidden>
              {late > 0 ? `+${late}` : `−${-late}`} min
            </span>
          </Tooltip>
          <VisuallyHidden>{against}</VisuallyHidden>
        </>
      )}
    </span>
  );
}
