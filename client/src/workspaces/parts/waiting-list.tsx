import { Text } from '@mantine/core';
import { IconCoffee } from '@tabler/icons-react';
import { Link } from 'react-router';
import { useText } from '../../platform/i18n.ts';
import type { ClientModule, WaitingItem } from '../../platform/module.ts';
import { useModules } from '../../platform/modules-context.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Section } from '../../ui/section.tsx';
import { messages } from '../messages.ts';
import styles from './waiting-list.module.css';

const useNothing = (): readonly WaitingItem[] => [];

/** Calls every slice's hook; the list of slices never changes while the page lives, so the order of hooks holds. */
function useAllWaiting(modules: readonly ClientModule[]): WaitingItem[] {
  // biome-ignore lint/correctness/useHookAtTopLevel: the same hooks in the same order at every call, see above
  return modules.flatMap(({ useWaiting = useNothing }) => useWaiting());
}

/** What waits for the signed-in person, over all slices. */
export function Waiting() {
  const t = useText(messages);
  const items = useAllWaiting(useModules());
  return (
    <Section title={t('home.waiting')}>
      {items.length === 0 && (
        <EmptyState icon={IconCoffee} title={t('home.nothing')} compact>
          {t('home.nothingDetail')}
        </EmptyState>
      )}
      <ul className={styles.list}>
        {items.map(({ id, icon: Sign, title, detail, to }) => (
          <li key={id}>
            <Link to={to} className={styles.item}>
              <Sign size={20} stroke={1.6} aria-hidden />
              <span>
                <Text size="sm" fw={560} component="span" display="block">
                  {title}
                </Text>
                {detail && (
                  <Text size="xs" c="dimmed" component="span" display="block">
                    {detail}
                  </Text>
                )}
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </Section>
  );
}
