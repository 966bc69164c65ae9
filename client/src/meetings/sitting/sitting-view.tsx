import { Button, Tabs, Text } from '@mantine/core';
import { IconArrowBackUp, IconMicrophone, IconUsersGroup } from '@tabler/icons-react';
import { lazy, type ReactNode, Suspense, useEffect, useState } from 'react';
import { ConflictNotices } from '../agenda/conflict-notices.tsx';
import { ApprovalPanel } from '../minutes/approval-panel.tsx';
import { useMinutesPane } from '../minutes/toggle.tsx';
import { RoomHolder } from '../room/room-context.tsx';
import { RoomPanel } from '../room/room-panel.tsx';
import { KEEPS_FOCUS, useFocusKept } from '../use-focus-kept.ts';
import { AgendaRail } from './agenda/agenda-rail.tsx';
import { AttendancePanel } from './attendance/attendance-panel.tsx';
import { countPresent } from './attendance/grouping.ts';
import { PhoneBar } from './bar/phone-bar.tsx';
import { SittingBar } from './bar/sitting-bar.tsx';
import { ItemView } from './item/current-item.tsx';
import { ItemFoot } from './item/item-foot.tsx';
import { NoItem } from './item/no-item.tsx';
import { ItemPolls, OpenPolls } from './polls/item-polls.tsx';
import { useSay } from './say.ts';
import styles from './sitting.module.css';
import { useSitting } from './sitting-context.tsx';
import { listOf } from './speakers/floor.ts';
import { SpeakersPanel } from './speakers/speakers-panel.tsx';
import { useConductKeys } from './use-conduct-keys.ts';

/** Which item the reader looks at on their own; the sitting takes them along when it turns to another. */
function useLook() {
  const { meeting } = useSitting();
  const [looked, setLooked] = useState<string | undefined>();
  const { currentItemId } = meeting;
  // biome-ignore lint/correctness/useExhaustiveDependencies: whatever was looked at, a turn of the sitting ends it
  useEffect(() => setLooked(undefined), [currentItemId]);
  const shown = meeting.agenda.find(({ id }) => id === (looked ?? currentItemId));
  return { shown, away: looked !== undefined && looked !== currentItemId, look: setLooked };
}

// The words of minutes are fetched where they are first opened.
const MinutesPane = lazy(async () => ({ default: (await import('../minutes/pane.tsx')).MinutesPane }));

/** The sitting: agenda, the item that is open, and who speaks and is there. */
export function SittingView({ children }: { children?: ReactNode }) {
  const t = useSay();
  const { shown, away, look } = useLook();
  const { meeting } = useSitting();
  const written = meeting.mode === 'written';
  const middle = useFocusKept();
  const minutes = useMinutesPane();
  useConductKeys();
  return (
    <RoomHolder>
      <div className={styles.page}>
        <SittingBar />
        <div className={styles.columns} data-written={written || undefined} data-minutes={minutes.open || undefined}>
          <div className={styles.middle} ref={middle} tabIndex={-1}>
            <RoomPanel />
            {children}
            <ConflictNotices meeting={meeting} />
            <OpenPolls />
            {away && shown && <Away number={shown.number ?? ''} onBack={() => look(undefined)} />}
            {shown ? <ItemView item={shown} /> : <NoItem />}
            {shown && <ApprovalPanel item={shown} />}
            {shown && <ItemPolls item={shown} />}
            {!away && <ItemFoot />}
          </div>
          <div className={styles.agenda}>
            <AgendaRail shownId={shown?.id} onShow={look} />
          </div>
          {!written && (
            <section className={styles.side} {...KEEPS_FOCUS} aria-label={t('sitting.people')}>
              <SidePanels />
            </section>
          )}
          {minutes.open && (
            <Suspense fallback={null}>
              <MinutesPane />
            </Suspense>
          )}
        </div>
        <PhoneBar />
      </div>
    </RoomHolder>
  );
}

/** Says that the sitting is elsewhere, and leads back to it. */
function Away({ number, onBack }: { number: string; onBack: () => void }) {
  const t = useSay();
  const { current, meeting } = useSitting();
  return (
    <div className={styles.away}>
      <Text size="sm">
        {t('sitting.away', { number })} {current ? t('sitting.awayFrom', { number: current.number ?? '' }) : ''}
      </Text>
      <Button
        size="compact-sm"
        variant="subtle"
        leftSection={<IconArrowBackUp size={15} aria-hidden />}
        onClick={onBack}
      >
        {t(meeting.mode === 'written' ? 'sitting.written.back' : 'sitting.back')}
      </Button>
    </div>
  );
}

function SidePanels() {
  const t = useSay();
  const { meeting, current } = useSitting();
  const waiting = listOf(meeting.speakers, current?.id).waiting.length;
  const there = countPresent(meeting.attendees);
  const first = meeting.state === 'in-session' || meeting.state === 'suspended' ? 'speakers' : 'attendance';
  return (
    <Tabs
      key={first}
      defaultValue={first}
      keepMounted={false}
      classNames={{ tab: styles.tab, tabLabel: styles.tabLabel }}
    >
      <Tabs.List grow mb="md" style={{ flexWrap: 'nowrap' }}>
        <Tabs.Tab value="speakers" leftSection={<IconMicrophone size={16} aria-hidden />}>
          {t('sitting.speakers')} {waiting > 0 && <span className={styles.count}>{waiting}</span>}
        </Tabs.Tab>
        <Tabs.Tab value="attendance" leftSection={<IconUsersGroup size={16} aria-hidden />}>
          {t('sitting.attendance')} <span className={styles.count}>{there.in + there.remote}</span>
        </Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="speakers">
        <SpeakersPanel />
      </Tabs.Panel>
      <Tabs.Panel value="attendance">
        <AttendancePanel />
      </Tabs.Panel>
    </Tabs>
  );
}
