import type { Meeting } from '@concert/domain/meetings/shapes.ts';
import { Anchor, Text } from '@mantine/core';
import {
  type Icon,
  IconClock,
  IconFolder,
  IconLock,
  IconMailForward,
  IconMapPin,
  IconRepeat,
  IconVideo,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { useLocale, useText } from '../../platform/i18n.ts';
import { DateBlock } from '../list/date-block.tsx';
import { dayText, ownZone, rangeText, sameClock, shortDayText, timeText, zoneName } from '../logic/times.ts';
import { messages } from '../messages.ts';
import { AnswerPanel } from './answer-panel.tsx';
import styles from './facts.module.css';

/** When and where a meeting is, and what the reader says to it. */
export function Facts({ meeting }: { meeting: Meeting }) {
  const t = useText(messages);
  const { startAt, timeZone, state, note } = meeting;
  return (
    <section className={styles.card} aria-label={t('facts')}>
      <div className={styles.facts}>
        <DateBlock large startAt={startAt} timeZone={timeZone} live={state === 'in-session'} />
        <div className={styles.lines}>
          <When meeting={meeting} />
          <Where meeting={meeting} />
          <Terms meeting={meeting} />
        </div>
      </div>
      {meeting.me.takesPart && meeting.mode !== 'written' && <AnswerPanel meeting={meeting} />}
      {note && (
        <Text size="sm" className={styles.note}>
          {note}
        </Text>
      )}
    </section>
  );
}

function Line({ icon: Sign, children }: { icon: Icon; children: ReactNode }) {
  return (
    <div className={styles.line}>
      <Sign size={16} stroke={1.6} aria-hidden />
      <span>{children}</span>
    </div>
  );
}

function When({ meeting: { startAt, endAt, timeZone } }: { meeting: Meeting }) {
  const t = useText(messages);
  const locale = useLocale();
  if (!startAt) return <span className={styles.day}>{t('facts.noDate')}</span>;
  const foreign = !sameClock(startAt, timeZone, ownZone());
  return (
    <>
      <time dateTime={startAt} className={styles.day}>
        {dayText(locale, startAt, timeZone)}
      </time>
      <Line icon={IconClock}>
        {rangeText(locale, { startAt, endAt }, timeZone)}
        {foreign && ` · ${t('zone.of', { zone: zoneName(timeZone) })}`}
        {foreign && (
          <Text span c="dimmed" display="block" size="sm">
            {t('zone.yours', { when: yoursText(locale, { startAt, endAt }, timeZone) })}
          </Text>
        )}
      </Line>
    </>
  );
}

/** The hours by the reader's own clock, with the day where that is another one. */
function yoursText(locale: Parameters<typeof dayText>[0], span: Parameters<typeof rangeText>[1], zone: string): string {
  const hours = rangeText(locale, span, ownZone());
  const day = shortDayText(locale, span.startAt, ownZone());
  return day === shortDayText(locale, span.startAt, zone) ? hours : `${day}, ${hours}`;
}

function Where({ meeting: { id, place, roomUrl, room, mode, workspaceId } }: { meeting: Meeting }) {
  const t = useText(messages);
  return (
    <>
      {place && <Line icon={IconMapPin}>{place}</Line>}
      {roomUrl && (
        <Line icon={IconVideo}>
          <Anchor href={roomUrl} target="_blank" rel="noreferrer" size="sm">
            {t('facts.room')}
          </Anchor>{' '}
          <Text span c="dimmed" size="xs">
            {new URL(roomUrl).host}
          </Text>
        </Line>
      )}
      {room?.made && (
        <Line icon={IconVideo}>
          <Anchor component={Link} to={`/meetings/${id}/sitting`} size="sm">
            {t('facts.roomMade')}
          </Anchor>
        </Line>
      )}
      {!place && !roomUrl && !room && <Line icon={IconMapPin}>{t(`mode.${mode}.nowhere`)}</Line>}
      {workspaceId && (
        <Line icon={IconFolder}>
          <Anchor component={Link} to={`/workspaces/${workspaceId}`} size="sm">
            {t('facts.workspace')}
          </Anchor>
        </Line>
      )}
    </>
  );
}

function Terms({ meeting }: { meeting: Meeting }) {
  const t = useText(messages);
  const locale = useLocale();
  const { state, frozenAt, convenedAt, timeZone, secondCallOf, me, rules } = meeting;
  const at = (instant: string) =>
    t('at', { day: shortDayText(locale, instant, timeZone), time: timeText(locale, instant, timeZone) });
  return (
    <>
      {state === 'convened' && frozenAt && rules.freezeHours > 0 && (
        <Line icon={IconLock}>{t('facts.freezes', { when: at(frozenAt) })}</Line>
      )}
      {state === 'frozen' && <Line icon={IconLock}>{t('facts.frozen')}</Line>}
      {me.conducts && convenedAt && <Line icon={IconMailForward}>{t('facts.convened', { when: at(convenedAt) })}</Line>}
      {secondCallOf && (
        <Line icon={IconRepeat}>
          <Anchor component={Link} to={`/meetings/${secondCallOf}`} size="sm">
            {t('facts.secondCall')}
          </Anchor>
        </Line>
      )}
    </>
  );
}
