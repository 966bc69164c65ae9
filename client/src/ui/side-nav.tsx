import type { Icon } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { Link } from 'react-router';
import styles from './side-nav.module.css';

type Item = { readonly to: string; readonly label: string; readonly icon: Icon; readonly open: boolean };

/** The pages of one part of the product: a column beside them, or a strip above them on a phone. */
export function SideNav({ label, items }: { label: string; items: readonly Item[] }) {
  const strip = useRef<HTMLElement>(null);
  const chosen = items.find(({ open }) => open)?.to;

  // On a phone the strip may hide the entry of the page that is open.
  useEffect(() => {
    const entry = chosen && strip.current?.querySelector('[aria-current]');
    if (entry) entry.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, [chosen]);

  return (
    <nav aria-label={label} className={styles.nav} ref={strip}>
      {items.map(({ to, label: name, icon: Sign, open }) => (
        <Link key={to} to={to} className={styles.item} aria-current={open ? 'page' : undefined}>
          <Sign size={17} stroke={1.7} aria-hidden />
          {name}
        </Link>
      ))}
    </nav>
  );
}
