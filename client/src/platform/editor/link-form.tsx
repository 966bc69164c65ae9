import { safeHref } from '@concert/editor/safe-href.ts';
import { ActionIcon, Group, TextInput, Tooltip } from '@mantine/core';
import { IconCheck, IconExternalLink, IconUnlink } from '@tabler/icons-react';
import type { Editor } from '@tiptap/react';
import { type FormEvent, useState } from 'react';
import { useText } from '../i18n.ts';
import { editorMessages } from './messages.ts';

/** An address as people type it: a bare domain means https, a bare mail address means mailto. */
export function linkAddress(typed: string): string | undefined {
  const text = typed.trim();
  if (text === '') return undefined;
  if (/^[^\s@:/]+@[^\s@:/]+\.[^\s@:/]+$/.test(text)) return safeHref(`mailto:${text}`);
  return safeHref(/^[a-z][a-z0-9+.-]*:/i.test(text) ? text : `https://${text}`);
}

/** Gives the selected words an address, changes it or takes it away. */
export function LinkForm({ editor, onDone }: { editor: Editor; onDone: () => void }) {
  const t = useText(editorMessages);
  const present: unknown = editor.getAttributes('link').href;
  const current = typeof present === 'string' ? present : '';
  const [typed, setTyped] = useState(current);
  const [wrong, setWrong] = useState(false);

  const apply = (event: FormEvent) => {
    event.preventDefault();
    const href = linkAddress(typed);
    if (!href) {
      setWrong(true);
      return;
    }
    editor.chain().focus().extendMarkRange('link').setLink({ href }).run();
    onDone();
  };
  const remove = () => {
    editor.chain().focus().extendMarkRange('link').unsetLink().run();
    onDone();
  };

  return (
    <form onSubmit={apply}>
      <Group gap={4} wrap="nowrap" align="flex-start">
        <TextInput
          autoFocus
          size="xs"
          w={260}
          aria-label={t('link.address')}
          placeholder={t('link.placeholder')}
          value={typed}
          error={wrong ? t('link.invalid') : undefined}
          onChange={(event) => {
            setTyped(event.currentTarget.value);
            setWrong(false);
          }}
          onKeyDown={(event) => {
            if (event.key !== 'Escape') return;
            event.preventDefault();
            editor.commands.focus();
            onDone();
          }}
        />
        <Tooltip label={t('link.apply')}>
          <ActionIcon type="submit" size={30} aria-label={t('link.apply')}>
            <IconCheck size={16} aria-hidden />
          </ActionIcon>
        </Tooltip>
        {safeHref(current) && (
          <Tooltip label={t('link.open')}>
            <ActionIcon
              component="a"
              size={30}
              href={safeHref(current)}
              target="_blank"
              rel="noopener noreferrer nofollow"
              aria-label={t('link.open')}
            >
              <IconExternalLink size={16} aria-hidden />
            </ActionIcon>
          </Tooltip>
        )}
        {current && (
          <Tooltip label={t('link.remove')}>
            <ActionIcon size={30} aria-label={t('link.remove')} onClick={remove}>
              <IconUnlink size={16} aria-hidden />
            </ActionIcon>
          </Tooltip>
        )}
      </Group>
    </form>
  );
}
