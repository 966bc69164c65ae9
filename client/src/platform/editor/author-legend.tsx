import { ActionIcon, Button, CloseButton, Text, Tooltip, UnstyledButton, VisuallyHidden } from '@mantine/core';
import { IconUserEdit } from '@tabler/icons-react';
import type { Editor } from '@tiptap/react';
import { type CSSProperties, useEffect, useRef } from 'react';
import { formatNumber } from '../format.ts';
import { useLocale, useText } from '../i18n.ts';
import { common } from '../messages.ts';
import styles from './author-legend.module.css';
import { editorMessages } from './messages.ts';
import { keysOf } from './shortcut-keys.ts';
import { type Authors, useAuthorView } from './use-authors.ts';

/** The combination of keys that shows and hides the authors. */
export const AUTHORS_KEYS = 'Mod+Alt+U';

/** Whose marks are whose, and how much of the text; choosing somebody goes to their next passage. */
export function AuthorLegend({ authors, editor }: { authors: Authors; editor: Editor }) {
  const t = useText(editorMessages);
  const say = useText(common);
  const locale = useLocale();
  const { summary, atCaret, failed, goTo } = useAuthorView(editor, authors.names);
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => {
    if (atCaret) list.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [atCaret]);
  if (!summary) return null;
  const { characters, templateCharacters } = summary;
  const share = (part: number) =>
    formatNumber(locale, characters === 0 ? 0 : part / characters, { style: 'percent', maximumFractionDigits: 0 });
  const here = summary.authors.find(({ id }) => id === atCaret);
  return (
    <section className={styles.legend} aria-label={t('authors.label')}>
      <ul ref={list} className={styles.list}>
        {summary.authors.map(({ id, name, color, line, characters: own }) => (
          <li key={id}>
            <UnstyledButton
              className={styles.author}
              aria-label={t('authors.go', { name, share: share(own) })}
              aria-current={id === atCaret || undefined}
              onClick={() => goTo(id)}
            >
              <span className="authored" data-line={line} style={{ '--author': color } as CSSProperties}>
                {name}
              </span>
              <span className={styles.share}>{share(own)}</span>
            </UnstyledButton>
          </li>
        ))}
        {templateCharacters > 0 && (
          <li className={styles.rest}>
            {t('authors.template')} <span className={styles.share}>{share(templateCharacters)}</span>
          </li>
        )}
        {summary.authors.length === 0 && !failed && <li className={styles.rest}>{t('authors.none')}</li>}
        {failed && (
          <li className={styles.rest}>
            <Text span size="xs" c="var(--mantine-color-error)" role="alert">
              {t('authors.failed')}
            </Text>
            <Button size="compact-xs" variant="subtle" onClick={authors.names?.retry}>
              {say('retry')}
            </Button>
          </li>
        )}
      </ul>
      <VisuallyHidden role="status">{here ? t('authors.here', { name: here.name }) : ''}</VisuallyHidden>
      <CloseButton size="sm" aria-label={t('authors.hide')} onClick={authors.toggle} />
    </section>
  );
}

/** In the toolbar: shows and hides the authors. */
export function AuthorsButton({ authors }: { authors: Authors }) {
  const t = useText(editorMessages);
  const label = t(authors.shown ? 'authors.hide' : 'authors.show');
  return (
    <Tooltip label={`${label} (${keysOf(AUTHORS_KEYS)})`}>
      <ActionIcon
        size="md"
        variant={authors.shown ? 'light' : 'subtle'}
        color={authors.shown ? 'lagoon' : 'gray'}
        aria-label={t('authors.show')}
        aria-pressed={authors.shown}
        onClick={authors.toggle}
      >
        <IconUserEdit size={17} stroke={1.7} aria-hidden />
      </ActionIcon>
    </Tooltip>
  );
}
