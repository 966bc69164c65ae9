import { Text } from '@mantine/core';
import { type Editor, useEditorState } from '@tiptap/react';
import { editorMessages } from '../../platform/editor/messages.ts';
import { countWords, type OutlineEntry, outlineOf } from '../../platform/editor/outline.ts';
import { useLocale, useText } from '../../platform/i18n.ts';
import type { KindInfo } from '../kind-info.ts';
import { useReading } from '../use-reading.ts';
import styles from './outline-panel.module.css';

/** Where an entry of the outline stands on the page. */
export function elementOf(editor: Editor, { pos }: OutlineEntry): HTMLElement | null {
  const node = editor.view.nodeDOM(pos);
  return node instanceof HTMLElement ? node : null;
}

/** Sections and the headings that people wrote; the heading of a section is the section's own. */
const HEADINGS = '.doc-section, .doc-text :is(h2, h3, h4):not(.doc-section-head *)';

/** The place of an element among the entries of the outline, which has no empty headings. */
const placeOf = (element: HTMLElement): string | undefined => {
  const all = [...(element.closest('.doc-text')?.querySelectorAll<HTMLElement>(HEADINGS) ?? [])];
  return String(all.filter((one) => one.textContent.trim() !== '').indexOf(element));
};

type Props = { readonly editor: Editor; readonly info: KindInfo; readonly onGo?: () => void };

/** The sections and headings of the text; the one being read is marked. */
export function OutlinePanel({ editor, info, onGo }: Props) {
  const t = useText(editorMessages);
  const locale = useLocale();
  const serialised = useEditorState({
    editor,
    selector: ({ editor: now }) => JSON.stringify(outlineOf(now.state.doc)),
  });
  const words = useEditorState({
    editor,
    selector: ({ editor: now }) => countWords(now.state.doc.textBetween(0, now.state.doc.content.size, ' ', ' ')),
  });
  const entries: OutlineEntry[] = JSON.parse(serialised);
  const reading = useReading(editor.view.dom, HEADINGS, placeOf);
  const go = (entry: OutlineEntry) => {
    onGo?.();
    // On a phone the text comes back only now that the outline closes.
    requestAnimationFrame(() => elementOf(editor, entry)?.scrollIntoView({ block: 'start', behavior: 'smooth' }));
  };
  return (
    <nav className={styles.outline} aria-label={t('outline.title')} id="document-outline" tabIndex={-1}>
      {entries.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('outline.empty')}
        </Text>
      )}
      <ol>
        {entries.map((entry, at) => (
          <li key={entry.key} data-level={entry.level}>
            <button
              type="button"
              aria-current={String(at) === reading ? 'location' : undefined}
              onClick={() => go(entry)}
            >
              {entry.sectionId ? (info.section(entry.sectionId)?.label[locale] ?? entry.sectionId) : entry.text}
            </button>
          </li>
        ))}
      </ol>
      <Text size="xs" c="dimmed" mt="sm" className={styles.words}>
        {t('words', { count: words })}
      </Text>
    </nav>
  );
}
