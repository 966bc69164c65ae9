import type { BodyJson } from '@concert/editor/body-json.ts';
import { messageExtensions } from '@concert/editor/message.ts';
import { ActionIcon, Button, Popover, Tooltip } from '@mantine/core';
import { IconAt, IconLink, IconList, IconListNumbers, IconQuote, IconSend } from '@tabler/icons-react';
import { Extension, type JSONContent } from '@tiptap/core';
import { type Editor, EditorContent, useEditor, useEditorState } from '@tiptap/react';
import { uuidv4 } from 'lib0/random';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { LinkForm } from '../../platform/editor/link-form.tsx';
import { MarkButtons } from '../../platform/editor/marks.tsx';
import { keysOf } from '../../platform/editor/shortcut-keys.ts';
import { useText } from '../../platform/i18n.ts';
import { common } from '../../platform/messages.ts';
import { styleNonce } from '../../platform/security.ts';
import { useMe } from '../../platform/session.tsx';
import { sayProblem } from '../../ui/notify.ts';
import { AttachButton, ChosenFiles } from '../attachments/file-chips.tsx';
import { useAttachments } from '../attachments/use-attachments.ts';
import { keepDraft, readDraft } from '../drafts.ts';
import { messages } from '../messages.ts';
import styles from './composer.module.css';
import { isChoosing, type Suggested, suggestingMention } from './mention-list.tsx';
import message from './message-view.module.css';

/** What is sent: the text, and a key under which sending it again does nothing. */
export type Written = { readonly body: BodyJson; readonly key: string; readonly attachments: string[] };

type Props = {
  /** Where the text is kept until it is sent; absent while a message is changed. */
  readonly draftOf?: string;
  readonly initial?: unknown;
  readonly submit: string;
  readonly failed: string;
  readonly onSend: (written: Written) => Promise<unknown>;
  readonly onCancel?: () => void;
  readonly onTyping?: () => void;
  readonly find: (query: string) => Promise<readonly Suggested[]>;
  readonly autoFocus?: boolean;
};

const TYPING_EVERY_MS = 3_000;
const DRAFT_AFTER_MS = 400;

/** Writing a message: rich text, mentions behind an @, sent by a button or by keys. What is not sent is kept. */
export function Composer(props: Props) {
  const { draftOf, initial, submit, failed, onSend, onCancel, autoFocus = false } = props;
  const t = useText(messages);
  const say = useText(common);
  const me = useMe();
  const [busy, setBusy] = useState(false);
  const now = useRef({ ...props, send: () => {} });
  const key = useRef(uuidv4());
  const typed = useRef(0);
  const attachments = useAttachments();
  // What a message was sent with stays as it is when its words are changed.
  const attaches = draftOf !== undefined;

  const editor = useEditor(
    {
      immediatelyRender: false,
      shouldRerenderOnTransaction: false,
      injectNonce: styleNonce(),
      autofocus: autoFocus ? 'end' : false,
      content: (draftOf === undefined ? initial : readDraft(me.id, draftOf)) as JSONContent,
      editorProps: {
        attributes: {
          class: message.message ?? '',
          role: 'textbox',
          'aria-multiline': 'true',
          'aria-label': t('reply.label'),
          spellcheck: 'true',
          // Escape leaves the text; the drawer around it closes with the next one.
          'data-mantine-stop-propagation': 'true',
        },
      },
      extensions: [
        ...messageExtensions({ mention: suggestingMention((query) => now.current.find(query)) }),
        keys({ send: () => now.current.send(), cancel: () => now.current.onCancel?.() }),
      ],
    },
    [draftOf],
  );

  useEffect(() => {
    if (!editor || draftOf === undefined) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const keep = () => keepDraft(me.id, draftOf, editor.isEmpty ? undefined : (editor.getJSON() as BodyJson));
    const changed = () => {
      clearTimeout(timer);
      timer = setTimeout(keep, DRAFT_AFTER_MS);
      if (editor.isEmpty || Date.now() - typed.current < TYPING_EVERY_MS) return;
      typed.current = Date.now();
      now.current.onTyping?.();
    };
    editor.on('update', changed);
    // A page that is left or closed takes its components down without a word to them.
    window.addEventListener('pagehide', keep);
    return () => {
      clearTimeout(timer);
      window.removeEventListener('pagehide', keep);
      if (!editor.isDestroyed) keep();
      editor.off('update', changed);
    };
  }, [editor, draftOf, me.id]);

  const send = () => {
    if (!editor || editor.isEmpty || busy || attachments.isUploading) return;
    setBusy(true);
    onSend({ body: editor.getJSON() as BodyJson, key: key.current, attachments: attachments.ids })
      .then(() => {
        key.current = uuidv4();
        attachments.clear();
        if (draftOf === undefined) return;
        keepDraft(me.id, draftOf, undefined);
        editor.chain().clearContent(true).focus().run();
      })
      // What was written stays where it is; sending it again under the same key cannot double it.
      .catch((error: unknown) => sayProblem(error, failed))
      .finally(() => setBusy(false));
  };
  now.current = { ...props, send };

  const empty = useEditorState({ editor, selector: ({ editor: current }) => current?.isEmpty ?? true }) ?? true;

  if (!editor) return <div className={styles.box} style={{ minHeight: '6.4rem' }} />;
  return (
    <div
      className={styles.box}
      data-empty={(empty && attachments.files.length === 0) || undefined}
      onPasteCapture={(event) => {
        if (!attaches || event.clipboardData.files.length === 0) return;
        event.preventDefault();
        event.stopPropagation();
        attachments.add(event.clipboardData.files);
      }}
      onDropCapture={(event) => {
        if (!attaches || event.dataTransfer.files.length === 0) return;
        event.preventDefault();
        event.stopPropagation();
        attachments.add(event.dataTransfer.files);
      }}
    >
      {empty && (
        <div className={styles.placeholder} aria-hidden>
          {t('reply.placeholder')}
        </div>
      )}
      <EditorContent editor={editor} className={styles.text} />
      <ChosenFiles attachments={attachments} />
      <div className={styles.foot}>
        <Tools editor={editor}>{attaches && <AttachButton attachments={attachments} />}</Tools>
        <span className={styles.keys}>{t('reply.keys', { keys: keysOf('Mod+Enter') })}</span>
        {onCancel && (
          <Button size="xs" variant="subtle" color="gray" onClick={onCancel}>
            {say('cancel')}
          </Button>
        )}
        <Button
          size="xs"
          leftSection={<IconSend size={15} aria-hidden />}
          disabled={empty || attachments.isUploading}
          loading={busy}
          onClick={send}
        >
          {submit}
        </Button>
      </div>
    </div>
  );
}

/** The formatting that a message can have. */
function Tools({ editor, children }: { editor: Editor; children: ReactNode }) {
  const t = useText(messages);
  const [linking, setLinking] = useState(false);
  const tools = [
    { id: 'bulletList', icon: IconList, run: () => editor.chain().focus().toggleBulletList().run() },
    { id: 'orderedList', icon: IconListNumbers, run: () => editor.chain().focus().toggleOrderedList().run() },
    { id: 'blockquote', icon: IconQuote, run: () => editor.chain().focus().toggleBlockquote().run() },
  ] as const;
  const active = useEditorState({
    editor,
    selector: ({ editor: current }) =>
      [...tools.map(({ id }) => id), 'link'].filter((name) => current.isActive(name)).join(' '),
  });
  const on = new Set(active.split(' '));
  return (
    <div className={styles.tools} role="toolbar" aria-label={t('toolbar.label')}>
      <Tooltip label={t('mention.label')}>
        <ActionIcon
          size="md"
          aria-label={t('mention.label')}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => mentionAt(editor)}
        >
          <IconAt size={17} stroke={1.7} aria-hidden />
        </ActionIcon>
      </Tooltip>
      <MarkButtons editor={editor} />
      <Popover opened={linking} onChange={setLinking} position="top-start" trapFocus returnFocus>
        <Popover.Target>
          <Tooltip label={t('tool.link')}>
            <ActionIcon
              size="md"
              variant={on.has('link') ? 'light' : 'subtle'}
              color={on.has('link') ? 'lagoon' : 'gray'}
              aria-label={t('tool.link')}
              aria-pressed={on.has('link')}
              onClick={() => setLinking(true)}
            >
              <IconLink size={17} stroke={1.7} aria-hidden />
            </ActionIcon>
          </Tooltip>
        </Popover.Target>
        <Popover.Dropdown p={6}>
          <LinkForm editor={editor} onDone={() => setLinking(false)} />
        </Popover.Dropdown>
      </Popover>
      {tools.map(({ id, icon: Sign, run }) => (
        <Tooltip key={id} label={t(`tool.${id}`)}>
          <ActionIcon
            size="md"
            variant={on.has(id) ? 'light' : 'subtle'}
            color={on.has(id) ? 'lagoon' : 'gray'}
            aria-label={t(`tool.${id}`)}
            aria-pressed={on.has(id)}
            onMouseDown={(event) => event.preventDefault()}
            onClick={run}
          >
            <Sign size={17} stroke={1.7} aria-hidden />
          </ActionIcon>
        </Tooltip>
      ))}
      {children}
    </div>
  );
}

/** Begins a mention at the caret, behind a space where a word stands before it. */
function mentionAt(editor: Editor): void {
  const { $from } = editor.state.selection;
  const before = $from.nodeBefore?.text?.slice(-1) ?? ' ';
  editor
    .chain()
    .focus()
    .insertContent(/\s/.test(before) ? '@' : ' @')
    .run();
}

const CANCEL = 'Escape';

const keys = ({ send, cancel }: { send: () => void; cancel: () => void }) =>
  Extension.create({
    name: 'composerKeys',
    priority: 1_000,
    addKeyboardShortcuts() {
      return {
        'Mod-Enter': () => {
          send();
          return true;
        },
        [CANCEL]: () => {
          if (isChoosing(this.editor)) return false;
          cancel();
          if (!this.editor.isDestroyed) this.editor.commands.blur();
          return true;
        },
      };
    },
  });
