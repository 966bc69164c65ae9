import { Box, Tooltip, VisuallyHidden } from '@mantine/core';
import { useText } from '../platform/i18n.ts';
import { common } from '../platform/messages.ts';
import { discOf, initialsOf } from './initials.ts';
import styles from './person-avatar.module.css';

export type Face = { readonly id?: string; readonly name: string; readonly color: string };

type Props = {
  readonly person: Face;
  readonly size?: number;
  /** Without a tooltip and hidden from screen readers: where the name stands beside it. */
  readonly decorative?: boolean;
};

/** A person as a disc of their own colour with their initials. */
export function PersonAvatar({ person, size = 28, decorative = false }: Props) {
  const { ground, ink } = discOf(person.color);
  const disc = (
    <Box
      component="span"
      className={styles.disc}
      role={decorative ? undefined : 'img'}
      aria-label={decorative ? undefined : person.name}
      aria-hidden={decorative || undefined}
      style={{
        width: size,
        height: size,
        fontSize: Math.round(size * 0.39),
        backgroundColor: ground,
        color: ink,
      }}
    >
      {initialsOf(person.name)}
    </Box>
  );
  return decorative ? disc : <Tooltip label={person.name}>{disc}</Tooltip>;
}

type StackProps = { readonly people: readonly Face[]; readonly max?: number; readonly size?: number };

/** Several people side by side; those beyond `max` become a number. */
export function AvatarStack({ people, max = 4, size = 26 }: StackProps) {
  const t = useText(common);
  const shown = people.length > max ? people.slice(0, max - 1) : people;
  const rest = people.slice(shown.length);
  return (
    <span className={styles.stack}>
      {shown.map((person) => (
        <PersonAvatar key={person.id ?? person.name} person={person} size={size} />
      ))}
      {rest.length > 0 && (
        <Tooltip label={rest.map(({ name }) => name).join(', ')}>
          <span className={styles.rest} style={{ width: size, height: size, fontSize: Math.round(size * 0.38) }}>
            <span aria-hidden>+{rest.length}</span>
            <VisuallyHidden>{t('others', { count: rest.length })}</VisuallyHidden>
          </span>
        </Tooltip>
      )}
    </span>
  );
}
