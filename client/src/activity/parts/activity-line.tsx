import type { ActivityEntry } from '@concert/domain/activity/api.ts';
import { Link } from 'react-router';
import { useText } from '../../platform/i18n.ts';
import { PersonAvatar } from '../../ui/person-avatar.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { messages } from '../messages.ts';
import styles from './activity-line.module.css';

type Props = {
  readonly entry: ActivityEntry;
  /** What the reader is looking at: what is in it need not say so. */
  readonly within?: string | undefined;
};

/** What somebody did, to what, and when. */
export function ActivityLine({ entry, within }: Props) {
  const { by, subject, at } = entry;
  const t = useText(messages);
  return (
    <div className={styles.line}>
      <PersonAvatar person={by} size={28} decorative />
      <div className={styles.words}>
        <span className={styles.name}>{by.name}</span> <Deed entry={entry} />{' '}
        <Link to={subject.path} className={styles.subject}>
          {subject.title || t('activity.untitled')}
        </Link>
        <span className={styles.detail}>
          {subject.context && subject.context !== within && `${subject.context} · `}
          <RelativeTime at={at} />
        </span>
      </div>
    </div>
  );
}

function Deed({ entry: { deed, by, person } }: { entry: ActivityEntry }) {
  const t = useText(messages);
  const bySelf = person?.id === by.id;
  if (deed === 'member-added') return t(bySelf ? 'deed.member-joined' : `deed.${deed}`, { name: person?.name ?? '' });
  if (deed === 'member-removed') return t(bySelf ? 'deed.member-left' : `deed.${deed}`, { name: person?.name ?? '' });
  return t(`deed.${deed}`, { name: person?.name ?? '' });
}
