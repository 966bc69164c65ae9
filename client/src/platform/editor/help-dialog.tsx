import { Kbd, Modal, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { useText } from '../i18n.ts';
import { common } from '../messages.ts';
import { AUTHORS_KEYS } from './author-legend.tsx';
import { BLOCKS } from './blocks.ts';
import styles from './help-dialog.module.css';
import { MARKS } from './marks.tsx';
import { editorMessages } from './messages.ts';
import { useRecordSource } from './record-source.ts';
import { keysOf } from './shortcut-keys.ts';

type Line = { readonly label: string; readonly shortcut?: string; readonly typed?: string };

/** Every shortcut of the editor. */
export function HelpDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const t = useText(editorMessages);
  const say = useText(common);
  const lineAction = useRecordSource()?.lineAction;
  const text: Line[] = [
    ...MARKS.map(({ id, shortcut }) => ({ label: t(`mark.${id}`), shortcut })),
    { label: t('mark.link'), shortcut: 'Mod+Alt+K' },
    { label: t('help.slash'), shortcut: '/' },
    ...(lineAction ? [{ label: lineAction.label, shortcut: lineAction.shortcut }] : []),
    { label: t('drag.up'), shortcut: 'Alt+Shift+↑' },
    { label: t('drag.down'), shortcut: 'Alt+Shift+↓' },
  ];
  const blocks: Line[] = BLOCKS.filter(({ shortcut, typed }) => shortcut ?? typed).map(({ id, shortcut, typed }) => ({
    label: t(`block.${id}`),
    ...(shortcut ? { shortcut } : {}),
    ...(typed ? { typed: typed.trim() } : {}),
  }));
  const page: Line[] = [
    { label: t('toolbar.undo'), shortcut: 'Mod+Z' },
    { label: t('toolbar.redo'), shortcut: 'Mod+Shift+Z' },
    { label: t('help.outline'), shortcut: 'Mod+Alt+O' },
    { label: t('help.fields'), shortcut: 'Mod+Alt+F' },
    { label: t('help.body'), shortcut: 'Mod+Alt+T' },
    { label: t('help.comment'), shortcut: 'Mod+Alt+M' },
    { label: t('help.authors'), shortcut: AUTHORS_KEYS },
    { label: t('help.find'), shortcut: 'Mod+F' },
    { label: t('help.open'), shortcut: 'Mod+/' },
  ];
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('help.title')}
      size="lg"
      closeButtonProps={{ 'aria-label': say('close') }}
    >
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="xl" verticalSpacing="lg">
        <Group title={t('help.text')} lines={text} typedWord={t('help.typed')} />
        <Group title={t('help.blocks')} lines={blocks} typedWord={t('help.typed')} />
        <Group title={t('help.document')} lines={page} typedWord={t('help.typed')} />
      </SimpleGrid>
    </Modal>
  );
}

function Group({ title, lines, typedWord }: { title: string; lines: readonly Line[]; typedWord: string }) {
  return (
    <Stack gap={6}>
      <Title order={3}>{title}</Title>
      <dl className={styles.lines}>
        {lines.map(({ label, shortcut, typed }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>
              {shortcut && <Kbd size="xs">{keysOf(shortcut)}</Kbd>}
              {typed && (
                <Text span size="xs" c="dimmed">
                  {shortcut ? ` ${typedWord} ` : ''}
                  <Kbd size="xs">{typed}</Kbd>
                </Text>
              )}
            </dd>
          </div>
        ))}
      </dl>
    </Stack>
  );
}
