import { useText } from '../../platform/i18n.ts';
import { messages } from '../messages.ts';
import styles from './letterhead.module.css';
import { isEmpty, type LetterheadValues, linesOf } from './values.ts';

/** The top of a page with the letterhead as it will be printed: black on white, whatever the colours of the screen. */
export function LetterheadPaper({ values }: { values: LetterheadValues }) {
  const t = useText(messages);
  const { logo } = values;
  return (
    <figure className={styles.paper}>
      <figcaption className={styles.caption}>{t('letterhead.preview')}</figcaption>
      <div className={styles.sheet}>
        {isEmpty(values) ? (
          <p className={styles.none}>{t('letterhead.none')}</p>
        ) : (
          <div className={styles.head} data-with-logo={logo !== null || undefined}>
            {logo !== null && <img className={styles.logo} src={logo} alt={t('letterhead.logo')} />}
            <div className={styles.lines}>
              {linesOf(values).map((line, at) => (
                // Lines have no identity but their place.
                // biome-ignore lint/suspicious/noArrayIndexKey: nothing is kept of a line
                <div key={at}>{line}</div>
              ))}
            </div>
          </div>
        )}
      </div>
    </figure>
  );
}
