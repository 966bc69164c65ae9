import { editorExtensions } from '@concert/editor/schema.ts';
import { EditorContent, useEditor } from '@tiptap/react';
import { useMemo } from 'react';
import { DrawnSection, SectionTextsProvider } from '../../platform/editor/section-view.tsx';
import '../../platform/editor/text.css';
import type { DocumentKind } from '@concert/domain/documents/api.ts';
import { useLocale, useText } from '../../platform/i18n.ts';
import { styleNonce } from '../../platform/security.ts';
import { kindInfo } from '../kind-info.ts';
import { messages } from '../messages.ts';

type Props = { readonly kind: DocumentKind; readonly body: Record<string, unknown> };

/** A text that does not change: a version, or the text for a page that is too old to write. */
export function RenderedText({ kind, body }: Props) {
  const t = useText(messages);
  const locale = useLocale();
  const info = useMemo(() => kindInfo(kind), [kind]);
  const editor = useEditor(
    {
      editable: false,
      immediatelyRender: false,
      injectNonce: styleNonce(),
      editorProps: { attributes: { class: 'doc-text', role: 'document', 'aria-label': t('versions.text') } },
      extensions: editorExtensions({ section: DrawnSection }),
      content: body,
    },
    [body],
  );
  const texts = useMemo(
    () => ({ label: (id: string) => info.section(id)?.label[locale] ?? id, prompt: () => '' }),
    [info, locale],
  );
  return (
    <SectionTextsProvider value={texts}>
      <EditorContent editor={editor} />
    </SectionTextsProvider>
  );
}
