import type { Meeting } from '@concert/domain/meetings/shapes.ts';
import { ActionIcon, Alert, Button, Group, Stack } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { useLocale, useText } from '../../platform/i18n.ts';
import { useProblemText } from '../../platform/problem-text.ts';
import { client } from '../../platform/query.ts';
import { sayDone } from '../../ui/notify.ts';
import { Section } from '../../ui/section.tsx';
import { UntilField } from '../../ui/until-field.tsx';
import { TimeField } from '../form/time-field.tsx';
import { dayMonthText, zoneName } from '../logic/times.ts';
import { messages } from '../messages.ts';
import { useChange } from '../queries.ts';
import styles from './dates.module.css';
import { emptyDraft, isComplete, nextDraft, type OptionDraft, optionsOf } from './option-drafts.ts';

/** Asks everybody for a date: one line for each that would be possible. */
export function ProposeDates({ meeting }: { meeting: Meeting }) {
  const t = useText(messages);
  const locale = useLocale();
  const explain = useProblemText();
  const [drafts, setDrafts] = useState<readonly OptionDraft[]>([emptyDraft()]);
  const propose = useChange(client.meetings.proposeDates, { inPlace: true });
  const options = optionsOf(drafts, meeting.timeZone);
  const set = (key: number, changes: Partial<OptionDraft>) =>
    setDrafts(drafts.map((draft) => (draft.key === key ? { ...draft, ...changes } : draft)));
  const submit = () =>
    propose.mutate(
      { id: meeting.id, options },
      {
        onSuccess: () => {
          setDrafts([emptyDraft()]);
          sayDone(t('dates.proposed'));
        },
      },
    );
  return (
    <Section
      title={t(meeting.dateOptions.length > 0 ? 'dates.more' : 'dates.propose')}
      detail={t('dates.proposeDetail', { zone: zoneName(meeting.timeZone) })}
    >
      <Stack gap="sm">
        {drafts.map((draft, index) => (
          <fieldset key={draft.key} style={{ border: 0, margin: 0, padding: 0 }}>
            <legend style={{ position: 'absolute', clipPath: 'inset(50%)' }}>
              {t('dates.nth', { number: index + 1 })}
            </legend>
            <div className={styles.proposed}>
              <UntilField
                label={t('form.day')}
                placeholder={t('dates.pick')}
                value={draft.day}
                onChange={(day) => set(draft.key, { day })}
              />
              <TimeField label={t('form.from')} value={draft.from} onChange={(from) => set(draft.key, { from })} />
              <TimeField
                label={t('form.until')}
                value={draft.until}
                onChange={(until) => set(draft.key, { until })}
                error={!isComplete(draft) && draft.day !== null && t('valid.order')}
              />
              {drafts.length > 1 && (
                <ActionIcon
                  aria-label={t('dates.drop', {
                    day: draft.day ? dayMonthText(locale, draft.day) : t('dates.nth', { number: index + 1 }),
                  })}
                  onClick={() => setDrafts(drafts.filter(({ key }) => key !== draft.key))}
                >
                  <IconX size={17} aria-hidden />
                </ActionIcon>
              )}
            </div>
          </fieldset>
        ))}
        {propose.isError && (
          <Alert color="red" variant="light" role="alert">
            {explain(propose.error)}
          </Alert>
        )}
        <Group gap="sm">
          <Button
            variant="default"
            leftSection={<IconPlus size={16} aria-hidden />}
            disabled={drafts.length >= 40}
            onClick={() => setDrafts([...drafts, nextDraft(drafts)])}
          >
            {t('dates.addLine')}
          </Button>
          <Button disabled={options.length === 0} loading={propose.isPending} onClick={submit}>
            {t('dates.ask', { count: Math.max(1, options.length) })}
          </Button>
        </Group>
      </Stack>
    </Section>
  );
}
