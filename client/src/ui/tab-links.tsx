import type { Icon } from '@tabler/icons-react';
import { Link } from 'react-router';
import styles from './tab-links.module.css';

type Tab = {
  readonly to: string;
  readonly label: string;
  readonly icon: Icon;
  readonly open: boolean;
  /** A number beside the label. */
  readonly count?: number | undefined;
};

/** Tabs of a page. Links rather than ARIA tabs: each is an address of its own, to be kept, shared and opened aside. */
export function TabLinks({ label, tabs }: { label: string; tabs: readonly Tab[] }) {
  return (
    <nav aria-label={label} className={styles.tabs}>
      {tabs.map(({ to, label: name, icon: Sign, open, count }) => (
        <Link key={to} to={to} className={styles.tab} aria-current={open ? 'page' : undefined}>
          <Sign size={17} stroke={1.7} aria-hidden />
          {name}
          {count !== undefined && <span className={styles.count}>{count}</span>}
        </Link>
      ))}
    </nav>
  );
}
