import type { DemoAccount } from '@concert/domain/accounts/api.ts';
import { Badge, Loader, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useText } from '../../platform/i18n.ts';
import { orpc } from '../../platform/query.ts';
import { ErrorState } from '../../ui/error-state.tsx';
import { PersonAvatar } from '../../ui/person-avatar.tsx';
import { ListSkeleton } from '../../ui/skeletons.tsx';
import { messages } from '../messages.ts';
import styles from './demo-accounts.module.css';

/** The password that every account of the demonstration has; it is offered on loopback only. */
export const DEMO_PASSWORD = 'concert-demo';

/** A buyer is the best first seat: they write needs assessments. */
const isFirstSeat = ({ email }: DemoAccount): boolean => email.startsWith('buyer@');

/** The two buyers first: together they show what writing at several is like. */
const rank = (account: DemoAccount): number => (isFirstSeat(account) ? 0 : account.email.startsWith('buyer') ? 1 : 2);

type Props = { readonly busyEmail: string | undefined; readonly onPick: (email: string) => void };

/** The people of the demonstration: who they are and what they do there, so that a newcomer knows whom to pick. */
export function DemoAccounts({ busyEmail, onPick }: Props) {
  const t = useText(messages);
  const accounts = useQuery(orpc.accounts.demoAccounts.queryOptions({ input: {} }));
  if (accounts.isPending) return <ListSkeleton count={5} />;
  if (accounts.isError) return <ErrorState error={accounts.error} onRetry={() => void accounts.refetch()} />;
  const people = accounts.data.items.toSorted((a, b) => rank(a) - rank(b));
  return (
    <ul className={styles.list}>
      {people.map((account) => (
        <li key={account.email}>
          <button
            type="button"
            className={styles.card}
            disabled={busyEmail !== undefined}
            aria-label={`${t('demo.enter', { name: account.name })}, ${account.title}, ${account.organisationName}`}
            onClick={() => onPick(account.email)}
          >
            <PersonAvatar person={account} size={36} decorative />
            <span className={styles.words}>
              <span className={styles.name}>
                {account.name}
                {isFirstSeat(account) && (
                  <Badge size="xs" variant="light">
                    {t('demo.start')}
                  </Badge>
                )}
                {busyEmail === account.email && <Loader size={14} />}
              </span>
              <Text size="xs" component="span" lineClamp={1}>
                {account.title}
              </Text>
              <Text size="xs" c="dimmed" component="span" lineClamp={1}>
                {account.organisationName}
              </Text>
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}
