import type { MeetingState } from '@concert/domain/meetings/shapes.ts';
import { Button, Group } from '@mantine/core';
import { IconCheck, IconX } from '@tabler/icons-react';
import { useText } from '../../platform/i18n.ts';
import { messages } from '../messages.ts';
import { useAnswer } from '../queries.ts';

type Answer = 'accepted' | 'excused';
type Props = {
  readonly meetingId: string;
  /** Named to who cannot see beside what the buttons stand. */
  readonly title: string;
  readonly answer: Answer | undefined;
  readonly size?: 'xs' | 'sm';
  readonly onAnswered?: (answer: Answer) => void;
};

/** Whether an answer to a convocation is still expected, or may be changed. */
export const takesAnswers = (state: MeetingState): boolean => state === 'convened' || state === 'frozen';

const CHOICES = [
  { value: 'accepted', Sign: IconCheck },
  { value: 'excused', Sign: IconX },
] as const;

/** Accept or be excused, in place; what was said stays pressed and can be changed. */
export function AnswerButtons({ meetingId, title, answer, size = 'xs', onAnswered }: Props) {
  const t = useText(messages);
  const send = useAnswer();
  const said = send.isPending ? send.variables.answer : answer;
  return (
    <Group gap={6} wrap="nowrap" role="group" aria-label={t('answer.of', { title })}>
      {CHOICES.map(({ value, Sign }) => (
        <Button
          key={value}
          size={size}
          variant={said === value ? 'light' : 'default'}
          color={said === value && value === 'excused' ? 'gray' : undefined}
          aria-pressed={said === value}
          leftSection={<Sign size={14} aria-hidden />}
          onClick={() => {
            if (send.isPending) return;
            if (answer === value) return onAnswered?.(value);
            send.mutate({ id: meetingId, answer: value }, { onSuccess: () => onAnswered?.(value) });
          }}
        >
          {t(`answer.${value}`)}
        </Button>
      ))}
    </Group>
  );
}
