import type { SearchResult } from '@concert/domain/search/api.ts';
import { Fragment } from 'react';
import { Link } from 'react-router';
import { useText } from '../../platform/i18n.ts';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { FOUND_ICON, useKindName } from '../kinds.ts';
import { messages } from '../messages.ts';
import styles from './found-row.module.css';

/** One answer of the search: what it is, the passage that answers best, where it is and when it was written. */
export function FoundRow({ found }: { found: SearchResult }) {
  const t = useText(messages);
  const nameOf = useKindName();
  const { kind, title, passage, context, at, person, path } = found;
  const Sign = FOUND_ICON[kind];
  const about = [nameOf(kind), context, kind === 'person' ? undefined : person?.name].filter(Boolean).join(' · ');
  const untitled = title.every(({ text }) => text.trim() === '');
  return (
    <Link to={path} className={styles.row}>
      <Sign size={20} stroke={1.6} aria-hidden className={styles.sign} />
      <span>
        <span className={styles.title}>{untitled ? t('kind.thread') : <Marked segments={title} />}</span>
        {passage.length > 0 && (
          <span className={styles.passage}>
            <Marked segments={passage} />
          </span>
        )}
        <span className={styles.detail}>
          {about}
          {at && (
            <>
              {' · '}
              <RelativeTime at={at} />
            </>
          )}
        </span>
      </span>
    </Link>
  );
}

function Marked({ segments }: { segments: SearchResult['passage'] }) {
  return segments.map(({ text, hit }, at) => {
    const key = `${at} ${text}`;
    return hit ? <mark key={key}>{text}</mark> : <Fragment key={key}>{text}</Fragment>;
  });
}
