import { type Completeness, completenessOf } from '@concert/domain/fields/completeness.ts';
import type { Editor } from '@tiptap/react';
import { useEditorState } from '@tiptap/react';
import { useMemo } from 'react';
import { sectionIds } from '../platform/editor/section-guard.ts';
import { useFields } from './fields/context.tsx';

const NONE = '';

/** The sections that stand in the text now, in their order. */
export function usePresentSections(editor: Editor | null): readonly string[] {
  const joined = useEditorState({
    editor,
    selector: ({ editor: now }) => (now ? sectionIds(now.state.doc).join(' ') : NONE),
  });
  return useMemo(() => (joined ? joined.split(' ') : []), [joined]);
}

/** How complete the document is at this moment, on this screen. */
export function useCompleteness(present: readonly string[]): Completeness {
  const { kind, parsed } = useFields();
  return useMemo(() => completenessOf(kind, parsed.values, present), [kind, parsed, present]);
}
