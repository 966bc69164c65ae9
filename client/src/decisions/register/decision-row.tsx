import type { DecisionLine } from '@concert/domain/decisions/api.ts';
import { Badge, VisuallyHidden } from '@mantine/core';
import { Link } from 'react-router';
import { useFormat } from '../../platform/format.ts';
import { useText } from '../../platform/i18n.ts';
import { messages } from '../messages.ts';
import styles from './decision-row.module.css';
import { StateBadge } from './state-badge.tsx';

/** A decision as a line of the register: number, subject, of whom, on what, how it stands. */
export function DecisionRow({ decision }: { decision: DecisionLine }) {
  const t = useText(messages);
  const format = useFormat();
  const { id, number, title, bodyName, basis, decidedOn, state, result, reviewDue } = decision;
  const off = state === 'superseded' || state === 'annulled';
  return (
    <div className={styles.row} data-off={off || undefined}>
      <span className={styles.number}>
        {number ?? (
          <>
            <span aria-hidden>–</span>
            <VisuallyHidden>{t('number.none')}</VisuallyHidden>
          </>
        )}
      </span>
      <div className={styles.words}>
        <Link to={`/decisions/${id}`} className={styles.title}>
          {title}
        </Link>
        <span className={styles.detail}>
          {[bodyName, format.date(decidedOn, 'medium'), t(`basis.${basis}`)].join(' · ')}
        </span>
      </div>
      <div className={styles.end}>
        {result === 'rejected' && (
          <Badge radius="sm" variant="default">
            {t('result.rejected')}
          </Badge>
        )}
        {reviewDue && (
          <Badge radius="sm" color="yellow" variant="light">
            {t('review.due')}
          </Badge>
        )}
        <StateBadge state={state} />
      </div>
    </div>
  );
}
