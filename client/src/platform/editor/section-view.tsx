import { Section } from '@concert/editor/nodes/section.ts';
import { NodeViewContent, type NodeViewProps, NodeViewWrapper, ReactNodeViewRenderer } from '@tiptap/react';
import { createContext, type ReactNode, use } from 'react';

/** What a template says of its sections, in the language of the moment. */
export type SectionTexts = {
  readonly label: (sectionId: string) => string;
  /** What to write there; shown while the section is empty. */
  readonly prompt: (sectionId: string) => string;
  /** Shown at the right end of the heading: how complete it is, the way to its data. */
  readonly aside?: (sectionId: string) => ReactNode;
};

const SectionContext = createContext<SectionTexts>({ label: (id) => id, prompt: () => '' });

export const SectionTextsProvider = SectionContext.Provider;

/** Where the heading of a section is; the outline and the forms lead there. */
export const sectionAnchor = (sectionId: string): string => `section-${sectionId}`;

/** A section: its heading belongs to the template and is said in the reader's language, its content is free. */
function SectionView({ node }: NodeViewProps) {
  const { label, aside } = use(SectionContext);
  const sectionId = String(node.attrs.sectionId);
  return (
    <NodeViewWrapper
      as="section"
      className="doc-section"
      data-section-id={sectionId}
      aria-labelledby={sectionAnchor(sectionId)}
    >
      <div className="doc-section-head" contentEditable={false} suppressContentEditableWarning>
        <h2 id={sectionAnchor(sectionId)} tabIndex={-1}>
          {label(sectionId)}
        </h2>
        {aside?.(sectionId)}
      </div>
      <NodeViewContent className="doc-section-body" />
    </NodeViewWrapper>
  );
}

/** The section as the editor draws it. */
export const DrawnSection = Section.extend({
  addNodeView() {
    return ReactNodeViewRenderer(SectionView, {
      // The heading is ours: a click or a key on what it holds is no business of the text.
      stopEvent: ({ event }) => event.target instanceof Element && event.target.closest('.doc-section-head') !== null,
    });
  },
});
