import type { Attendee, DateOption, Meeting } from '@concert/domain/meetings/shapes.ts';
import { ActionIcon, Badge, Button, Tooltip, VisuallyHidden } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconCheck, IconTilde, IconTrash, IconX } from '@tabler/icons-react';
import { useLocale, useText } from '../../platform/i18n.ts';
import { client } from '../../platform/query.ts';
import { useMe } from '../../platform/session.tsx';
import { ConfirmButton, ConfirmDialog } from '../../ui/confirm-button.tsx';
import { sayDone } from '../../ui/notify.ts';
import { PersonAvatar } from '../../ui/person-avatar.tsx';
import { answerOf, bestDates, countsOf, DATE_ANSWERS, type DateAnswer, withAnswer } from '../logic/dates.ts';
import { dayText, rangeText, shortDayText, timeText } from '../logic/times.ts';
import { messages } from '../messages.ts';
import { useChange, useQuickChange } from '../queries.ts';
import styles from './dates.module.css';

const SIGN = { yes: IconCheck, maybe: IconTilde, no: IconX } as const;

/** Dates by row, people by column; on a phone the people become numbers. */
export function DatesGrid({ meeting }: { meeting: Meeting }) {
  const t = useText(messages);
  const { id: myId } = useMe();
  const { dateOptions, attendees, me } = meeting;
  const options = dateOptions.toSorted((a, b) => a.startAt.localeCompare(b.startAt));
  const best = bestDates(options);
  const answered = new Set(options.flatMap(({ answers }) => answers.map(({ personId }) => personId)));
  const others = attendees.filter(({ personId }) => personId !== myId && answered.has(personId));
  return (
    <div className={styles.scroll}>
      <table className={styles.grid}>
        <thead>
          <tr>
            <th scope="col">
              <VisuallyHidden>{t('dates.date')}</VisuallyHidden>
            </th>
            {me.takesPart && <th scope="col">{t('dates.yours')}</th>}
            <th scope="col">{t('dates.counts')}</th>
            {others.map((one) => (
              <th key={one.personId} scope="col" className={styles.other}>
                <PersonAvatar person={one} size={26} />
              </th>
            ))}
            {me.conducts && (
              <th scope="col">
                <VisuallyHidden>{t('dates.choose')}</VisuallyHidden>
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {options.map((option) => (
            <OptionRow key={option.id} option={option} meeting={meeting} others={others} best={best.has(option.id)} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

type RowProps = {
  readonly option: DateOption;
  readonly meeting: Meeting;
  readonly others: readonly Attendee[];
  readonly best: boolean;
};

function OptionRow({ option, meeting, others, best }: RowProps) {
  const t = useText(messages);
  const locale = useLocale();
  const { startAt } = option;
  const { timeZone, me } = meeting;
  const counts = countsOf(option);
  return (
    <tr data-best={best || undefined}>
      <th scope="row" className={styles.date}>
        <span>{dayText(locale, startAt, timeZone)}</span>
        <span className={styles.hours}>
          {rangeText(locale, option, timeZone)}
          {best && (
            <Badge radius="sm" variant="light" size="sm">
              {t('dates.best')}
            </Badge>
          )}
        </span>
      </th>
      {me.takesPart && (
        <td>
          <OwnAnswer option={option} meeting={meeting} />
        </td>
      )}
      <td>
        <span className={styles.tally}>
          {DATE_ANSWERS.map((answer) => {
            const Sign = SIGN[answer];
            return (
              <span key={answer} data-answer={answer} title={t(`dates.${answer}`)}>
                <Sign size={14} role="img" aria-label={t(`dates.${answer}`)} />
                {counts[answer]}
              </span>
            );
          })}
        </span>
      </td>
      {others.map(({ personId, name }) => (
        <td key={personId} className={styles.other}>
          <Mark answer={answerOf(option, personId)} name={name} />
        </td>
      ))}
      {me.conducts && (
        <td>
          <div className={styles.settle}>
            <Choose option={option} meeting={meeting} best={best} />
            <TakeBack option={option} meeting={meeting} />
          </div>
        </td>
      )}
    </tr>
  );
}

function Mark({ answer, name }: { answer: DateAnswer | undefined; name: string }) {
  const t = useText(messages);
  if (!answer) return <span className={styles.unanswered} role="img" aria-label={t('dates.unanswered', { name })} />;
  const Sign = SIGN[answer];
  const label = t(`dates.${answer}`);
  return (
    <span className={styles.mark} data-answer={answer} title={`${name} : ${label}`}>
      <Sign size={15} role="img" aria-label={label} />
    </span>
  );
}

type Answer = { readonly id: string; readonly answers: { optionId: string; answer: DateAnswer }[] };

/** Three buttons of a radio group: arrow keys go from one to the next. */
function OwnAnswer({ option, meeting }: { option: DateOption; meeting: Meeting }) {
  const t = useText(messages);
  const locale = useLocale();
  const { id: myId } = useMe();
  const said = answerOf(option, myId);
  const when = `${shortDayText(locale, option.startAt, meeting.timeZone)}, ${timeText(locale, option.startAt, meeting.timeZone)}`;
  const send = useQuickChange(
    (input: Answer) => client.meetings.answerDates(input),
    ({ dateOptions }, { answers }) => ({
      dateOptions: answers.reduce(
        (all: readonly DateOption[], { optionId, answer }) => withAnswer(all, optionId, { personId: myId, answer }),
        dateOptions,
      ) as DateOption[],
    }),
  );
  return (
    <fieldset className={styles.own}>
      <legend>
        <VisuallyHidden>{t('dates.yourAnswer', { when })}</VisuallyHidden>
      </legend>
      {DATE_ANSWERS.map((answer) => {
        const Sign = SIGN[answer];
        return (
          <label key={answer} className={styles.choice} data-answer={answer} title={t(`dates.${answer}`)}>
            <input
              type="radio"
              name={`date-${option.id}`}
              checked={said === answer}
              onChange={() => send.mutate({ id: meeting.id, answers: [{ optionId: option.id, answer }] })}
            />
            <Sign size={16} aria-hidden />
            <VisuallyHidden>{t(`dates.${answer}`)}</VisuallyHidden>
          </label>
        );
      })}
    </fieldset>
  );
}

/** Takes a proposed date back, with what was said to it. */
function TakeBack({ option, meeting }: { option: DateOption; meeting: Meeting }) {
  const t = useText(messages);
  const locale = useLocale();
  const remove = useChange(client.meetings.removeDate);
  const [asking, { open, close }] = useDisclosure(false);
  const day = dayText(locale, option.startAt, meeting.timeZone);
  const take = () => remove.mutateAsync({ id: meeting.id, optionId: option.id });
  const answered = option.answers.length;
  return (
    <>
      <Tooltip label={t('dates.takeBack')}>
        <ActionIcon
          size="sm"
          aria-label={t('dates.takeBackOf', { day })}
          loading={remove.isPending}
          onClick={() => (answered > 0 ? open() : remove.mutate({ id: meeting.id, optionId: option.id }))}
        >
          <IconTrash size={16} stroke={1.7} aria-hidden />
        </ActionIcon>
      </Tooltip>
      <ConfirmDialog
        opened={asking}
        onClose={close}
        title={t('dates.takeBackTitle')}
        action={t('dates.takeBack')}
        onConfirm={take}
      >
        {t('dates.takeBackDetail', { day, count: answered })}
      </ConfirmDialog>
    </>
  );
}

function Choose({ option, meeting, best }: { option: DateOption; meeting: Meeting; best: boolean }) {
  const t = useText(messages);
  const locale = useLocale();
  const choose = useChange(client.meetings.chooseDate);
  const day = dayText(locale, option.startAt, meeting.timeZone);
  const hours = rangeText(locale, option, meeting.timeZone);
  if (meeting.startAt === option.startAt)
    return (
      <Button size="compact-sm" variant="default" disabled>
        {t('dates.chosen')}
      </Button>
    );
  return (
    <ConfirmButton
      size="compact-sm"
      variant={best ? 'filled' : 'default'}
      label={t('dates.choose')}
      aria-label={t('dates.chooseOf', { day })}
      title={t('dates.chooseTitle')}
      action={t('dates.choose')}
      danger={false}
      onConfirm={() =>
        choose.mutateAsync({ id: meeting.id, optionId: option.id }).then(() => sayDone(t('dates.done', { day })))
      }
    >
      {t('dates.chooseDetail', { day, hours })}
    </ConfirmButton>
  );
}
