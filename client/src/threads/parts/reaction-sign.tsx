import type { Reaction } from '@concert/domain/threads/reactions.ts';
import {
  type Icon,
  IconBulb,
  IconConfetti,
  IconEye,
  IconHeart,
  IconHelp,
  IconMoodSmile,
  IconThumbDown,
  IconThumbUp,
} from '@tabler/icons-react';
import styles from './reactions.module.css';

/** Drawn rather than written: not every machine has letters for them. */
const SIGNS: Readonly<Record<Reaction, { readonly icon: Icon; readonly color: string }>> = {
  agree: { icon: IconThumbUp, color: 'light-dark(#0b6b68, #75beb9)' },
  disagree: { icon: IconThumbDown, color: 'light-dark(#8a4b08, #f0b36b)' },
  thanks: { icon: IconHeart, color: 'light-dark(#c2255c, #faa2c1)' },
  celebrate: { icon: IconConfetti, color: 'light-dark(#7048c8, #c5b3f5)' },
  smile: { icon: IconMoodSmile, color: 'light-dark(#8a6100, #f2cf66)' },
  idea: { icon: IconBulb, color: 'light-dark(#946200, #ffd43b)' },
  question: { icon: IconHelp, color: 'light-dark(#1864ab, #91c5f5)' },
  seen: { icon: IconEye, color: 'light-dark(#495a5e, #b9c0c2)' },
};

/** The sign of a reaction; what it says stands beside it or in its button's name. */
export function ReactionSign({ reaction, size = 17 }: { reaction: Reaction; size?: number }) {
  const { icon: Sign, color } = SIGNS[reaction];
  return <Sign size={size} stroke={1.9} aria-hidden className={styles.sign} style={{ color }} />;
}
