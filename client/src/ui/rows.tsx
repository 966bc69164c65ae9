import { Children, type ReactNode } from 'react';
import styles from './rows.module.css';

/** A list of rows parted by hairlines; nothing at all when it has none. */
export function Rows({ children, label }: { children: ReactNode; label?: string }) {
  if (Children.count(children) === 0) return null;
  return (
    <ul className={styles.rows} aria-label={label}>
      {Children.map(children, (row) => (
        <li>{row}</li>
      ))}
    </ul>
  );
}
