import { IconMessage2 } from '@tabler/icons-react';
import { useText } from '../../platform/i18n.ts';
import { messages } from '../messages.ts';
import styles from './document-passages.module.css';

/** The words that a discussion is about. */
export function QuotedPassage({ quote, orphan = false }: { quote: string; orphan?: boolean }) {
  const t = useText(messages);
  return (
    <figure className={styles.quoted} data-orphan={orphan || undefined}>
      <IconMessage2 size={15} aria-hidden />
      <div>
        <blockquote>{shortQuote(quote)}</blockquote>
        {orphan && <figcaption>{t('passage.orphan')}</figcaption>}
      </div>
    </figure>
  );
}

const LONG = 300;
const shortQuote = (quote: string): string => (quote.length > LONG ? `${quote.slice(0, LONG)}…` : quote);
