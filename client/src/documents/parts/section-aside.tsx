import { UnstyledButton } from '@mantine/core';
import { IconCheck, IconListDetails } from '@tabler/icons-react';
import { useText } from '../../platform/i18n.ts';
import { useFields } from '../fields/context.tsx';
import { formFields, type KindInfo } from '../kind-info.ts';
import { messages } from '../messages.ts';
import styles from './section-aside.module.css';

type Props = { readonly info: KindInfo; readonly sectionId: string; readonly onGo: (sectionId: string) => void };

/** At the heading of a section: how many of its expected answers are there; leads to them. */
export function SectionAside({ info, sectionId, onGo }: Props) {
  const t = useText(messages);
  const { parsed } = useFields();
  const section = info.section(sectionId);
  if (!section || formFields(section).length === 0) return null;
  const required = section.fields.filter((field) => field.required);
  const done = required.filter(({ id }) => parsed.values[id] !== undefined).length;
  const complete = done === required.length;
  return (
    <UnstyledButton
      className={styles.aside}
      data-complete={(complete && required.length > 0) || undefined}
      aria-label={`${t('page.sectionData')}${required.length > 0 ? `, ${t('complete.label', { done, total: required.length })}` : ''}`}
      onMouseDown={(event) => event.preventDefault()}
      onClick={() => onGo(sectionId)}
    >
      {complete && required.length > 0 ? (
        <IconCheck size={14} stroke={2.2} aria-hidden />
      ) : (
        <IconListDetails size={14} aria-hidden />
      )}
      {required.length > 0 && (
        <span aria-hidden>
          {done}/{required.length}
        </span>
      )}
    </UnstyledButton>
  );
}
