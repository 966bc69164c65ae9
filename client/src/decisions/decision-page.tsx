import type { Decision } from '@concert/domain/decisions/api.ts';
import { Anchor } from '@mantine/core';
import { Link, useParams } from 'react-router';
import { useText } from '../platform/i18n.ts';
import { usePage } from '../platform/page.tsx';
import { problemOf } from '../platform/query.ts';
import { Missing } from '../platform/router.tsx';
import { useMe } from '../platform/session.tsx';
import { useSeen } from '../platform/use-seen.ts';
import { ErrorState } from '../ui/error-state.tsx';
import { PageBody } from '../ui/page-body.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { PageSkeleton } from '../ui/skeletons.tsx';
import { DecisionActionItems } from './actions/parts.tsx';
import { messages } from './messages.ts';
import { Act } from './page/act.tsx';
import { Banners } from './page/banners.tsx';
import styles from './page/decision.module.css';
import { DecisionActions } from './page/decision-actions.tsx';
import { Facts } from './page/facts.tsx';
import { How } from './page/how.tsx';
import { Papers } from './page/papers.tsx';
import { Signatures } from './page/signatures.tsx';
import { useDecision } from './queries.ts';
import { StateBadge } from './register/state-badge.tsx';

/** `/decisions/{id}`: what was decided, on what, how, and by whom it is signed. */
export function Page() {
  const t = useText(messages);
  const { decisionId = '' } = useParams();
  const decision = useDecision(decisionId);
  const { number, title } = decision.data ?? {};
  usePage([number, title].filter(Boolean).join(' · '), [{ label: t('title'), to: '/decisions' }]);
  if (decision.isPending) return <PageSkeleton />;
  const status = decision.isError ? problemOf(decision.error).status : 0;
  if (status === 404 || status === 400) return <Missing />;
  // What was read stays while it cannot be read again.
  if (decision.data) return <DecisionView decision={decision.data} />;
  return (
    <PageBody>
      <ErrorState error={decision.error} onRetry={() => void decision.refetch()} />
    </PageBody>
  );
}

function DecisionView({ decision }: { decision: Decision }) {
  const t = useText(messages);
  const { platformRole } = useMe();
  const { id, number, title, state, bodyId, bodyName } = decision;
  useSeen([{ kind: 'decision', id }]);
  return (
    <PageBody maw="58rem">
      <article className={styles.decision}>
        <PageHeader
          title={title}
          badges={<StateBadge state={state} />}
          detail={
            <>
              {number ? t('number.of', { number }) : t('draft.title')}
              {' · '}
              {platformRole === 'guest' ? (
                bodyName
              ) : (
                <Anchor component={Link} to={`/bodies/${bodyId}`} c="inherit">
                  {bodyName}
                </Anchor>
              )}
            </>
          }
          actions={<DecisionActions decision={decision} />}
        />
        <Banners decision={decision} />
        <Act decision={decision} />
        <div className={styles.columns}>
          <div className={styles.main}>
            <How decision={decision} />
            <Papers decision={decision} />
            <DecisionActionItems decision={decision} />
          </div>
          <div className={styles.side}>
            <Signatures decision={decision} />
            <Facts decision={decision} />
          </div>
        </div>
      </article>
    </PageBody>
  );
}
