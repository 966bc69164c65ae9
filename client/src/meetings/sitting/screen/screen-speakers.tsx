import { useSay } from '../say.ts';
import { useSitting } from '../sitting-context.tsx';
import { listOf } from '../speakers/floor.ts';
import { purposeOf, SpeechTime } from '../speakers/speaker-row.tsx';
import styles from './screen.module.css';
import { NEXT_SPEAKERS } from './shown.ts';

/** Who has the floor and who comes next. */
export function ScreenSpeakers() {
  const t = useSay();
  const { meeting, current, person } = useSitting();
  const { speaking, waiting } = listOf(meeting.speakers, current?.id);
  const next = waiting.slice(0, NEXT_SPEAKERS);
  if (!current || current.barred || (!speaking && next.length === 0)) return null;
  const nameOf = (id: string): string => person(id)?.name ?? t('sitting.somebody');
  return (
    <section className={styles.speakers} aria-label={t('sitting.speakers')}>
      {speaking && (
        <div className={styles.floor}>
          <p className={styles.dim}>{t('sitting.screen.floor')}</p>
          <p className={styles.speaker}>
            {nameOf(speaking.personId)} <SpeechTime speaker={speaking} />
          </p>
        </div>
      )}
      {next.length > 0 && (
        <div>
          <p className={styles.dim}>{t('sitting.screen.next')}</p>
          <ol className={styles.next}>
            {next.map((speaker) => (
              <li key={speaker.id}>
                {nameOf(speaker.personId)}
                {speaker.kind !== 'speech' && <span className={styles.dim}> {purposeOf(speaker, t)}</span>}
              </li>
            ))}
          </ol>
        </div>
      )}
    </section>
  );
}
