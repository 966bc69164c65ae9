import { Record as RecordNode } from '@concert/editor/nodes/record.ts';
import { Checkbox, Skeleton, VisuallyHidden } from '@mantine/core';
import { IconEyeOff, IconLock } from '@tabler/icons-react';
import { type NodeViewProps, NodeViewWrapper, ReactNodeViewRenderer, useEditorState } from '@tiptap/react';
import { useState } from 'react';
import { useText } from '../i18n.ts';
import { useProblemText } from '../problem-text.ts';
import { editorMessages } from './messages.ts';
import { type RecordBlock, type RecordSource, type RecordText, useRecordSource } from './record-source.ts';
import styles from './record-view.module.css';

/** A block that the platform writes: its words come from a record, in the reader's language. */
function RecordView({ node, editor, getPos }: NodeViewProps) {
  const t = useText(editorMessages);
  const source = useRecordSource();
  const block: RecordBlock = { part: String(node.attrs.part), ref: String(node.attrs.ref) };
  const told = source?.words(block);
  const above = useHeadingAbove({ editor, getPos });
  if (source && told) return <Told block={block} told={told} source={source} isSaid={above === told.caption.trim()} />;
  const reading = source?.state === 'reading';
  return (
    <NodeViewWrapper
      className={styles.record}
      role="group"
      aria-label={t('record.byPlatform')}
      data-quiet
      data-part={block.part}
      data-about={block.ref}
    >
      <IconEyeOff size={18} stroke={1.6} aria-hidden className={styles.sign} />
      {reading ? <Skeleton h="0.9rem" w="60%" my="0.25rem" /> : <span>{t('record.unknown')}</span>}
    </NodeViewWrapper>
  );
}

/** What the heading right above a block says, if there is one. */
const useHeadingAbove = ({ editor, getPos }: Pick<NodeViewProps, 'editor' | 'getPos'>): string | undefined =>
  useEditorState({
    editor,
    selector: ({ editor: { state } }) => {
      const at = getPos();
      const above = at === undefined || at > state.doc.content.size ? null : state.doc.resolve(at).nodeBefore;
      return above?.type.name === 'heading' ? above.textContent.trim() : undefined;
    },
  });

type ToldProps = {
  readonly block: RecordBlock;
  readonly told: RecordText;
  readonly source: RecordSource;
  /** The heading right above says the caption already. */
  readonly isSaid: boolean;
};

function Told({ block, told, source, isSaid }: ToldProps) {
  const t = useText(editorMessages);
  const { icon: Sign, caption, lines, table, done } = told;
  const tick = useTick(block, source);
  const ticked = tick.wanted ?? done;
  return (
    <NodeViewWrapper
      className={styles.record}
      role="group"
      aria-label={caption}
      data-part={block.part}
      data-about={block.ref}
      data-done={ticked || undefined}
    >
      {ticked === undefined ? (
        <Sign size={18} stroke={1.6} aria-hidden className={styles.sign} />
      ) : (
        <Checkbox
          size="xs"
          className={styles.tick}
          aria-label={t('record.done', { title: caption })}
          checked={ticked}
          disabled={!source.mayTick(block) || tick.wanted !== undefined}
          onChange={(event) => tick.set(event.currentTarget.checked)}
        />
      )}
      <div className={styles.words}>
        {(!isSaid || lines.length === 0) && <span className={styles.caption}>{caption}</span>}
        <Lines lines={lines} short={done !== undefined} />
        {table && <RecordTable {...table} />}
        {tick.error !== undefined && (
          <span role="alert" className={styles.error}>
            {tick.error}
          </span>
        )}
      </div>
      <span className={styles.mark} title={t('record.byPlatform')}>
        <IconLock size={14} stroke={1.6} aria-hidden />
        <VisuallyHidden>{t('record.byPlatform')}</VisuallyHidden>
      </span>
    </NodeViewWrapper>
  );
}

/** A tick that shows at once, and says in place when it was refused. */
function useTick(block: RecordBlock, { tick }: RecordSource) {
  const explain = useProblemText();
  const [wanted, setWanted] = useState<boolean>();
  const [failure, setFailure] = useState<unknown>();
  const set = (done: boolean) => {
    setWanted(done);
    setFailure(undefined);
    tick(block, done)
      .catch((cause: unknown) => setFailure(cause))
      .finally(() => setWanted(undefined));
  };
  return { wanted, set, error: failure === undefined ? undefined : explain(failure) };
}

function Lines({ lines, short }: { lines: RecordText['lines']; short: boolean }) {
  if (lines.length === 0) return null;
  return (
    <div className={styles.lines} data-short={short || undefined}>
      {lines.map(({ label, text }) => (
        <div key={`${label ?? ''} ${text}`}>
          {label && <span className={styles.label}>{label}</span>}{' '}
          <span className={styles.text} data-alone={!label || undefined}>
            {text}
          </span>
        </div>
      ))}
    </div>
  );
}

function RecordTable({ header, rows }: NonNullable<RecordText['table']>) {
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          {header.map((cell) => (
            <th key={cell} scope="col">
              {cell}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((cells) => (
          <tr key={cells.join(' ')}>
            {cells.map((cell, at) => (
              <td key={header[at]}>{cell}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The block as the editor draws it. */
export const DrawnRecord = RecordNode.extend({
  addNodeView() {
    return ReactNodeViewRenderer(RecordView, {
      // What is ticked is no business of the text.
      stopEvent: ({ event }) => event.target instanceof HTMLInputElement,
    });
  },
});
