/** A mark of a text in ProseMirror JSON. */
export type MarkJson = { readonly type: string; readonly attrs?: Readonly<Record<string, unknown>> };

/** A node of a text in ProseMirror JSON. */
export type NodeJson = {
  readonly type: string;
  readonly attrs?: Readonly<Record<string, unknown>>;
  readonly content?: readonly NodeJson[];
  readonly marks?: readonly MarkJson[];
  readonly text?: string;
};

/** A whole text: the JSON of its `doc` node. */
export type BodyJson = NodeJson & { readonly type: 'doc' };

/** A heading as it appears in a text; sections have one too, rendered from their label. */
export const heading = (level: number, text: string): NodeJson => ({
  type: 'heading',
  attrs: { level },
  content: [{ type: 'text', text }],
});

export const paragraph = (content: readonly NodeJson[] = []): NodeJson =>
  content.length === 0 ? { type: 'paragraph' } : { type: 'paragraph', content };

export const section = (sectionId: string, content: readonly NodeJson[]): NodeJson => ({
  type: 'section',
  attrs: { sectionId },
  content: content.length === 0 ? [paragraph()] : content,
});
