import { Textarea, TextInput } from '@mantine/core';
import { useText } from '../../platform/i18n.ts';
import { UntilField } from '../../ui/until-field.tsx';
import { messages } from '../messages.ts';
import type { Values } from './values.ts';

type Words = Pick<Values, 'title' | 'text' | 'recommendation' | 'effects' | 'reviewOn'>;
type Props = { readonly values: Words; readonly onChange: (change: Partial<Words>) => void };

/** What was decided, what had been recommended, what follows, and when it is looked at again. */
export function WordFields({ values, onChange }: Props) {
  const t = useText(messages);
  return (
    <>
      <TextInput
        label={t('form.title')}
        required
        maxLength={300}
        value={values.title}
        onChange={(event) => onChange({ title: event.currentTarget.value })}
      />
      <Textarea
        label={t('form.text')}
        description={t('form.text.help')}
        required
        autosize
        minRows={3}
        maxRows={14}
        maxLength={20_000}
        value={values.text}
        onChange={(event) => onChange({ text: event.currentTarget.value })}
      />
      <Textarea
        label={t('form.recommendation')}
        description={t('form.recommendation.help')}
        autosize
        minRows={2}
        maxRows={8}
        maxLength={10_000}
        value={values.recommendation}
        onChange={(event) => onChange({ recommendation: event.currentTarget.value })}
      />
      <Textarea
        label={t('form.effects')}
        description={t('form.effects.help')}
        autosize
        minRows={2}
        maxRows={8}
        value={values.effects}
        onChange={(event) => onChange({ effects: event.currentTarget.value })}
      />
      <UntilField
        label={t('form.reviewOn')}
        placeholder={t('form.reviewOn.none')}
        w="12rem"
        value={values.reviewOn}
        onChange={(reviewOn) => onChange({ reviewOn })}
      />
    </>
  );
}
