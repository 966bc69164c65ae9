import { Textarea, Title, VisuallyHidden } from '@mantine/core';
import { setValue, useValue } from '../../platform/editor/fields-binding.ts';
import { useText } from '../../platform/i18n.ts';
import { useFields } from '../fields/context.tsx';
import { FieldFrame } from '../fields/frame.tsx';
import { messages } from '../messages.ts';
import styles from './title-field.module.css';

const MAX_TITLE = 300;

/** The title of the document, above its text. Enter goes on to the text. */
export function TitleField({ onEnter }: { onEnter: () => void }) {
  const t = useText(messages);
  const { room, editable } = useFields();
  const value = useValue(room.fields, 'title');
  const title = typeof value === 'string' ? value : '';
  if (!editable) {
    return (
      <Title order={1} className={styles.title}>
        {title || t('page.titlePlaceholder')}
      </Title>
    );
  }
  return (
    <FieldFrame path="title">
      <VisuallyHidden component="h1">{title || t('page.titlePlaceholder')}</VisuallyHidden>
      <Textarea
        autosize
        variant="unstyled"
        aria-label={t('page.titleLabel')}
        placeholder={t('page.titlePlaceholder')}
        maxLength={MAX_TITLE}
        value={title}
        classNames={{ input: styles.title }}
        onChange={(event) =>
          setValue(room.fields, 'title', event.currentTarget.value.replaceAll('\n', ' ') || undefined)
        }
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.nativeEvent.isComposing) return;
          event.preventDefault();
          onEnter();
        }}
      />
    </FieldFrame>
  );
}
