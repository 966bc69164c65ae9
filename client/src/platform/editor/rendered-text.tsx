import { editorExtensions } from '@concert/editor/schema.ts';
import { EditorContent, useEditor } from '@tiptap/react';
import { useMemo } from 'react';
import { DrawnRecord } from './record-view.tsx';
import { DrawnSection, SectionTextsProvider } from './section-view.tsx';
import './text.css';
import type { DocumentKind } from '@concert/domain/documents/api.ts';
import { kindOf } from '@concert/domain/kinds.ts';
import { useLocale, useText } from '../i18n.ts';
import { styleNonce } from '../security.ts';
import { editorMessages } from './messages.ts';

type Props = { readonly kind: DocumentKind; readonly body: Record<string, unknown> };

/** A text that does not change: a version, or the text for a page that is too old to write. */
export function RenderedText({ kind, body }: Props) {
  const t = useText(editorMessages);
  const locale = useLocale();
  const editor = useEditor(
    {
      editable: false,
      immediatelyRender: false,
      injectNonce: styleNonce(),
      editorProps: { attributes: { class: 'doc-text', role: 'document', 'aria-label': t('text.label') } },
      extensions: editorExtensions({ section: DrawnSection, record: DrawnRecord }),
      content: body,
    },
    [body],
  );
  const texts = useMemo(
    () => ({
      label: (id: string) => kindOf(kind).sections.find((section) => section.id === id)?.label[locale] ?? id,
      prompt: () => '',
    }),
    [kind, locale],
  );
  return (
    <SectionTextsProvider value={texts}>
      <EditorContent editor={editor} />
    </SectionTextsProvider>
  );
}
