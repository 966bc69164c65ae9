import { useEffect, useRef } from 'react';
import { createPortal } from 'react-dom';
import { useQuorumNumbers } from '../attendance/quorum-chip.tsx';
import { ItemClock, TimeNow } from '../clock/clock-face.tsx';
import { useSay } from '../say.ts';
import { useSitting } from '../sitting-context.tsx';
import styles from './screen.module.css';
import { ScreenControls } from './screen-controls.tsx';
import { ScreenPoll } from './screen-poll.tsx';
import { ScreenSpeakers } from './screen-speakers.tsx';
import { pollOnScreen } from './shown.ts';

/** Keeps the keyboard and screen readers out of the page that lies behind. */
function useAlone() {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const others = [...document.body.children].filter(
      (child): child is HTMLElement =>
        child instanceof HTMLElement && !child.contains(place.current) && child.id === 'root',
    );
    for (const other of others) other.inert = true;
    place.current?.focus();
    return () => {
      for (const other of others) other.inert = false;
    };
  }, []);
  return place;
}

/** The sitting on a wall: the item, its clock, who speaks, what is voted on. */
export function Screen() {
  const place = useAlone();
  const { meeting, polls } = useSitting();
  const poll = pollOnScreen(polls, meeting);
  return createPortal(
    <div className={styles.screen} ref={place} tabIndex={-1}>
      <ScreenHead />
      <main className={styles.body}>
        {poll ? <ScreenPoll poll={poll} /> : <ScreenItem />}
        {!poll && <ScreenSpeakers />}
      </main>
      <ScreenControls />
    </div>,
    document.body,
  );
}

function ScreenHead() {
  const t = useSay();
  const { meeting, current } = useSitting();
  const { quorum } = meeting;
  const { present, needed } = useQuorumNumbers();
  const withPoll = pollOnScreen(useSitting().polls, meeting) !== undefined;
  return (
    <header className={styles.head}>
      <span className={styles.meeting}>
        <span>{meeting.title}</span>
        {withPoll && current && !current.barred && (
          <span className={styles.dim}>
            {t('sitting.item.number', { number: current.number ?? '' })} · {current.title}
          </span>
        )}
      </span>
      {quorum.asked && !quorum.secondCall && (
        <span data-missing={!quorum.reached || undefined} className={styles.quorum}>
          {t(quorum.reached ? 'sitting.screen.quorum' : 'sitting.screen.noQuorum', { present, needed })}
        </span>
      )}
      <TimeNow className={styles.now} />
    </header>
  );
}

function ScreenItem() {
  const t = useSay();
  const { meeting, current, person } = useSitting();
  if (!current) return <h1 className={styles.title}>{t(`sitting.none.${meeting.state}`)}</h1>;
  if (current.barred) {
    return (
      <section className={styles.item}>
        <p className={styles.dim}>{t('sitting.item.number', { number: current.number ?? '' })}</p>
        <h1 className={styles.title}>{t('sitting.item.barredTitle')}</h1>
      </section>
    );
  }
  const presenter = person(current.presenterId)?.name;
  return (
    <section className={styles.item}>
      <p className={styles.dim}>
        {[t('sitting.item.number', { number: current.number ?? '' }), t(`sitting.kind.${current.kind}`), presenter]
          .filter(Boolean)
          .join(' · ')}
      </p>
      <h1 className={styles.title}>{current.title}</h1>
      {meeting.state === 'suspended' ? (
        <p className={styles.suspended}>{t('sitting.state.suspended')}</p>
      ) : (
        <div className={styles.clock}>
          <ItemClock item={current} />
        </div>
      )}
    </section>
  );
}
