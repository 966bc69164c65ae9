import type { Decision } from '@concert/domain/decisions/api.ts';
import { useText } from '../../platform/i18n.ts';
import { messages } from '../messages.ts';
import styles from './decision.module.css';

/** What was decided, word for word, and what follows from it. */
export function Act({ decision: { text, effects, state, result } }: { decision: Decision }) {
  const t = useText(messages);
  const off = state === 'superseded' || state === 'annulled';
  const title = state === 'draft' ? 'text.draft' : result === 'rejected' ? 'text.rejected' : 'text.title';
  return (
    <section className={styles.act} data-off={off || undefined} aria-label={t(title)}>
      <h2>{t(title)}</h2>
      <div className={styles.text}>{text}</div>
      {effects.length > 0 && (
        <>
          <h2 className={styles.effectsTitle}>{t('effects.title')}</h2>
          <ol className={styles.effects}>
            {effects.map((effect) => (
              <li key={effect}>{effect}</li>
            ))}
          </ol>
        </>
      )}
    </section>
  );
}
