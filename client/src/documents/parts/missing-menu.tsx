import type { Completeness } from '@concert/domain/fields/completeness.ts';
import { Menu, Text, UnstyledButton } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { useLocale, useText } from '../../platform/i18n.ts';
import type { KindInfo } from '../kind-info.ts';
import { messages } from '../messages.ts';
import { CompletenessRing } from './completeness-ring.tsx';
import styles from './missing-menu.module.css';

type Props = {
  readonly completeness: Completeness;
  readonly info: KindInfo;
  /** `fieldId` is absent for a section that the text lacks. */
  readonly onGo: (sectionId: string, fieldId?: string) => void;
};

/** How complete the document is; opens the list of what is missing, each entry leading to its place. */
export function MissingMenu({ completeness, info, onGo }: Props) {
  const t = useText(messages);
  const locale = useLocale();
  const { done, total, missing } = completeness;
  const entries = missing.map((path) => {
    const [sectionId = '', fieldId] = path.split('.');
    const section = info.section(sectionId);
    const field = section?.fields.find(({ id }) => id === fieldId);
    return {
      path,
      sectionId,
      fieldId,
      section: section?.label[locale] ?? sectionId,
      name: field?.label[locale] ?? t('complete.section'),
    };
  });
  return (
    <Menu width={340} position="bottom-end">
      <Menu.Target>
        <UnstyledButton className={styles.target}>
          <CompletenessRing value={completeness} size={30} />
          <Text span size="sm" fw={560}>
            {done}/{total}
          </Text>
          <IconChevronDown size={14} aria-hidden />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown className={styles.list}>
        {entries.length === 0 ? (
          <Text size="sm" p="xs">
            {t('complete.done')}
          </Text>
        ) : (
          <Menu.Label>{t('complete.title')}</Menu.Label>
        )}
        {entries.map(({ path, sectionId, fieldId, section, name }) => (
          <Menu.Item key={path} onClick={() => onGo(sectionId, fieldId)}>
            <Text size="sm">{name}</Text>
            <Text size="xs" c="dimmed">
              {section}
            </Text>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
