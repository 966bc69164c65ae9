import type { Section } from '@concert/domain/fields/types.ts';
import { ActionIcon, Group, Select, Stack, Text, Title, Tooltip } from '@mantine/core';
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react';
import { Fragment } from 'react';
import { useLocale, useText } from '../../platform/i18n.ts';
import { useFields } from '../fields/context.tsx';
import { FieldControl } from '../fields/field-control.tsx';
import { TotalCostsTable } from '../fields/total-costs.tsx';
import { formFields, type KindInfo } from '../kind-info.ts';
import { messages } from '../messages.ts';
import styles from './data-panel.module.css';

/** The fields of one section. */
export function SectionFields({ section }: { section: Section }) {
  const t = useText(messages);
  const { room } = useFields();
  const fields = formFields(section);
  // A business case computes its totals from the options below it, whatever the kind that holds it.
  const hasOptions =
    fields.some(({ id, type }) => id === 'options' && type === 'rows') && fields.some(({ id }) => id === 'years');
  if (fields.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        {t('data.none')}
      </Text>
    );
  }
  return (
    <Stack gap="md">
      {fields.map((field) => (
        <Fragment key={field.id}>
          {/* The options are long: their totals come before them. */}
          {hasOptions && field.id === 'options' && <TotalCostsTable />}
          <FieldControl field={field} map={room.fields} path={field.id} />
        </Fragment>
      ))}
    </Stack>
  );
}

type Props = {
  readonly info: KindInfo;
  /** The section shown; for texts without sections, all are. */
  readonly current: string | undefined;
  readonly onGo: (sectionId: string) => void;
};

/** The data of the section being read; another one can be chosen, and the text follows. */
export function FollowingPanel({ info, current, onGo }: Props) {
  const t = useText(messages);
  const locale = useLocale();
  const { sections } = info.kind;
  const at = Math.max(
    0,
    sections.findIndex(({ id }) => id === current),
  );
  const section = sections[at];
  const [previous, next] = [sections[at - 1], sections[at + 1]];
  if (!section) return null;
  return (
    <Stack gap="md">
      <Group gap={4} wrap="nowrap" className={styles.head}>
        <Select
          flex={1}
          aria-label={t('data.section')}
          allowDeselect={false}
          data={sections.map(({ id, label }, index) => ({ value: id, label: `${index + 1}. ${label[locale]}` }))}
          value={section.id}
          maxDropdownHeight={420}
          onChange={(id) => id && onGo(id)}
        />
        <Tooltip label={t('data.previous')}>
          <ActionIcon
            aria-label={t('data.previous')}
            disabled={!previous}
            onClick={() => previous && onGo(previous.id)}
          >
            <IconChevronUp size={18} aria-hidden />
          </ActionIcon>
        </Tooltip>
        <Tooltip label={t('data.next')}>
          <ActionIcon aria-label={t('data.next')} disabled={!next} onClick={() => next && onGo(next.id)}>
            <IconChevronDown size={18} aria-hidden />
          </ActionIcon>
        </Tooltip>
      </Group>
      <SectionFields key={section.id} section={section} />
    </Stack>
  );
}

/** The data of all sections, one after another: on a phone, and for texts without sections. */
export function WholePanel({ info }: { info: KindInfo }) {
  const locale = useLocale();
  const withFields = info.kind.sections.filter((section) => formFields(section).length > 0);
  return (
    <Stack gap="xl">
      {withFields.map((section) => (
        <section key={section.id} id={`data-${section.id}`} className={styles.section}>
          <Title order={2} size="h3" mb="sm">
            {section.label[locale]}
          </Title>
          <SectionFields section={section} />
        </section>
      ))}
    </Stack>
  );
}
