import { Box, Button, Group, Text } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import type { Editor } from '@tiptap/react';
import { addSection } from '../../platform/editor/section-guard.ts';
import { useLocale, useText } from '../../platform/i18n.ts';
import type { KindInfo } from '../kind-info.ts';
import { messages } from '../messages.ts';

type Props = { readonly editor: Editor; readonly info: KindInfo; readonly present: readonly string[] };

/** Puts sections of the template back, each at its place. */
export function putBack(editor: Editor, info: KindInfo, sectionId: string): void {
  editor.view.dispatch(addSection(editor.state, sectionId, info.textSections));
  editor.view.focus();
}

/** Offers the sections that the text lacks. */
export function MissingSections({ editor, info, present }: Props) {
  const t = useText(messages);
  const locale = useLocale();
  const missing = info.textSections.filter((id) => !present.includes(id));
  if (missing.length === 0 || !editor.isEditable) return null;
  return (
    <Box component="section" mt="xl" p="md" bd="1px dashed var(--mantine-color-default-border)" bdrs="lg">
      <Text fw={600} size="sm">
        {t('page.addSections')}
      </Text>
      <Text size="sm" c="dimmed" mb="sm">
        {t('page.addSections.detail')}
      </Text>
      <Group gap="xs">
        {missing.map((id) => (
          <Button
            key={id}
            size="xs"
            variant="default"
            leftSection={<IconPlus size={14} aria-hidden />}
            onClick={() => putBack(editor, info, id)}
          >
            {t('page.addSection', { section: info.section(id)?.label[locale] ?? id })}
          </Button>
        ))}
      </Group>
    </Box>
  );
}
