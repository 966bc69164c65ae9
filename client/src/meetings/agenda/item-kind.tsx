import type { ItemKind } from '@concert/domain/meetings/shapes.ts';
import { type Icon, IconCheckbox, IconGavel, IconInfoCircle, IconMessages } from '@tabler/icons-react';
import { useText } from '../../platform/i18n.ts';
import { messages } from '../messages.ts';
import styles from './agenda.module.css';

const SIGN: Record<ItemKind, Icon> = {
  info: IconInfoCircle,
  discussion: IconMessages,
  decision: IconGavel,
  election: IconCheckbox,
};

/** What an item is for. */
export function ItemKindMark({ kind }: { kind: ItemKind }) {
  const t = useText(messages);
  const Sign = SIGN[kind];
  return (
    <span className={styles.kind} data-kind={kind}>
      <Sign size={14} stroke={1.7} aria-hidden />
      {t(`kind.${kind}`)}
    </span>
  );
}
