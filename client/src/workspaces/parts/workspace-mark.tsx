import { initialsOf } from '../../ui/initials.ts';
import styles from './workspace-mark.module.css';

/** How many tints the style sheet knows. */
const TINTS = 6;

/** The sign of a workspace: its initial on a tint that follows from its id, so that it never changes. */
export function WorkspaceMark({ id, name, size = 20 }: { id: string; name: string; size?: number }) {
  const sum = [...id].reduce((total, character) => total + (character.codePointAt(0) ?? 0), 0);
  return (
    <span
      aria-hidden
      className={styles.mark}
      data-tint={sum % TINTS}
      style={{ width: size, height: size, fontSize: Math.round(size * 0.52) }}
    >
      {initialsOf(name).slice(0, 1)}
    </span>
  );
}
