import { ActionIcon, Divider, Group, Paper, TextInput, Tooltip } from '@mantine/core';
import { IconLink, IconTrash } from '@tabler/icons-react';
import { isTextSelection } from '@tiptap/core';
import { NodeSelection } from '@tiptap/pm/state';
import { type Editor, useEditorState } from '@tiptap/react';
import { BubbleMenu } from '@tiptap/react/menus';
import { useEffect } from 'react';
import { useText } from '../i18n.ts';
import styles from './bubble.module.css';
import { LinkForm } from './link-form.tsx';
import { MarkButtons } from './marks.tsx';
import { editorMessages } from './messages.ts';
import { crossesSections } from './section-guard.ts';
import { TurnMenu } from './turn-menu.tsx';

/** The bar over selected words: styles, marks, link. */
export function SelectionBubble({
  editor,
  linking,
  onLinking,
}: {
  editor: Editor;
  linking: boolean;
  onLinking: (on: boolean) => void;
}) {
  const t = useText(editorMessages);
  const isLink = useEditorState({ editor, selector: ({ editor: now }) => now.isActive('link') });

  useEffect(() => {
    const close = () => onLinking(false);
    editor.on('selectionUpdate', close);
    return () => {
      editor.off('selectionUpdate', close);
    };
  }, [editor, onLinking]);

  return (
    <BubbleMenu
      editor={editor}
      className={styles.bubble}
      updateDelay={120}
      options={{ placement: 'top-start', offset: 8, flip: true, shift: { padding: 8 } }}
      shouldShow={({ editor: now, state, element, view }) => {
        if (!now.isEditable || now.isActive('codeBlock')) return false;
        const { selection } = state;
        const focused = view.hasFocus() || element.contains(document.activeElement);
        if (!focused || !isTextSelection(selection)) return false;
        if (crossesSections(state.doc, selection.from, selection.to)) return false;
        return state.doc.textBetween(selection.from, selection.to).length > 0;
      }}
    >
      <Paper shadow="md" p={4} withBorder className={styles.paper} role="toolbar" aria-label={t('bubble.label')}>
        {linking ? (
          <LinkForm editor={editor} onDone={() => onLinking(false)} />
        ) : (
          <Group gap={2} wrap="nowrap">
            <TurnMenu editor={editor} />
            <Divider orientation="vertical" my={4} />
            <MarkButtons editor={editor} />
            <Tooltip label={t('mark.link')}>
              <ActionIcon
                size="md"
                variant={isLink ? 'light' : 'subtle'}
                color={isLink ? 'lagoon' : 'gray'}
                aria-label={t('mark.link')}
                aria-pressed={isLink}
                onMouseDown={(event) => event.preventDefault()}
                onClick={() => onLinking(true)}
              >
                <IconLink size={17} stroke={1.8} aria-hidden />
              </ActionIcon>
            </Tooltip>
          </Group>
        )}
      </Paper>
    </BubbleMenu>
  );
}

const isImage = (editor: Editor): boolean =>
  editor.state.selection instanceof NodeSelection && editor.state.selection.node.type.name === 'image';

/** Hides the bar of an image when the focus goes elsewhere than to the text or to the bar. */
function hideUnlessWithin(editor: Editor, next: EventTarget | null): void {
  const within =
    next instanceof Element && (editor.view.dom.contains(next) || next.closest(`.${styles.bubble}`) !== null);
  if (!within) editor.view.dispatch(editor.state.tr.setMeta('imageBubble', 'hide'));
}

/** The bar over a selected image: its description, and its removal. */
export function ImageBubble({ editor }: { editor: Editor }) {
  const t = useText(editorMessages);
  const alt = useEditorState({
    editor,
    selector: ({ editor: now }) => (isImage(now) ? String(now.getAttributes('image').alt ?? '') : ''),
  });
  return (
    <BubbleMenu
      editor={editor}
      pluginKey="imageBubble"
      className={styles.bubble}
      options={{ placement: 'bottom', offset: 8, flip: true, shift: { padding: 8 } }}
      shouldShow={({ editor: now, element, view }) =>
        now.isEditable && isImage(now) && (view.hasFocus() || element.contains(document.activeElement))
      }
    >
      <Paper shadow="md" p={6} withBorder className={styles.paper}>
        <Group gap={4} wrap="nowrap">
          <Tooltip label={t('image.alt.help')}>
            <TextInput
              size="xs"
              w={280}
              maxLength={500}
              aria-label={t('image.alt')}
              placeholder={t('image.alt')}
              value={alt}
              onBlur={({ relatedTarget }) => hideUnlessWithin(editor, relatedTarget)}
              onChange={(event) =>
                editor.commands.updateAttributes('image', { alt: event.currentTarget.value || null })
              }
            />
          </Tooltip>
          <Tooltip label={t('image.remove')}>
            <ActionIcon
              size={30}
              aria-label={t('image.remove')}
              onClick={() => editor.chain().focus().deleteSelection().run()}
            >
              <IconTrash size={16} aria-hidden />
            </ActionIcon>
          </Tooltip>
        </Group>
      </Paper>
    </BubbleMenu>
  );
}
