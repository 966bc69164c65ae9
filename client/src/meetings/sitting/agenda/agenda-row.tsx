import type { AgendaItem } from '@concert/domain/meetings/shapes.ts';
import { Menu, UnstyledButton, VisuallyHidden } from '@mantine/core';
import { IconCheck, IconClockPause, IconLock, IconPlayerPlayFilled, IconPlayerSkipForward } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useLocale } from '../../../platform/i18n.ts';
import { durationText, elapsedText, spentOf, timeText } from '../clock/clock-text.ts';
import { shiftOf } from '../clock/drift.ts';
import { useTimed } from '../clock/ticker.ts';
import { type SittingSay, useSay } from '../say.ts';
import { useSitting } from '../sitting-context.tsx';
import styles from './agenda.module.css';
import { beginningOf } from './course.ts';
import { TurnItems } from './turn-items.tsx';

type Props = { readonly item: AgendaItem; readonly shown: boolean; readonly onShow: () => void };

/** An item of the agenda: opens it for the reader alone, or asks who conducts whether everybody shall turn to it. */
export function AgendaRow({ item, shown, onShow }: Props) {
  const t = useSay();
  const { meeting } = useSitting();
  const isCurrent = item.id === meeting.currentItemId;
  const turns = meeting.me.conducts && meeting.state === 'in-session' && !isCurrent && item.state !== 'proposed';
  const row = (onClick?: () => void) => (
    <UnstyledButton
      className={styles.row}
      aria-current={isCurrent ? 'step' : undefined}
      data-shown={shown || undefined}
      data-state={item.state}
      onClick={onClick}
    >
      <RowContent item={item} />
    </UnstyledButton>
  );
  if (!turns) return row(onShow);
  return (
    <Menu position="right-start" width="18rem">
      <Menu.Target>{row()}</Menu.Target>
      <Menu.Dropdown>
        <TurnItems item={item} />
        <Menu.Divider />
        <Menu.Item onClick={onShow}>{t('sitting.agenda.look')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function RowContent({ item }: { item: AgendaItem }) {
  const t = useSay();
  const timed = useSitting().meeting.mode !== 'written';
  return (
    <>
      <span className={styles.number}>{item.number}</span>
      <span className={styles.words}>
        <span className={styles.name}>{item.barred ? t('sitting.item.barredTitle') : item.title}</span>
        {timed && (
          <span className={styles.times}>
            <Times item={item} />
          </span>
        )}
      </span>
      <span className={styles.sign}>
        {timed && signOf(item)}
        <VisuallyHidden>{stateText(item, t)}</VisuallyHidden>
      </span>
    </>
  );
}

function signOf({ state, barred }: AgendaItem): ReactNode {
  if (barred) return <IconLock size={15} aria-hidden />;
  if (state === 'active') return <IconPlayerPlayFilled size={13} aria-hidden />;
  if (state === 'done') return <IconCheck size={16} aria-hidden />;
  if (state === 'paused') return <IconClockPause size={16} aria-hidden />;
  return state === 'deferred' ? <IconPlayerSkipForward size={15} aria-hidden /> : null;
}

const stateText = ({ state, late }: AgendaItem, t: SittingSay): string =>
  [t(`sitting.itemState.${state}`), late ? t('sitting.item.late') : ''].filter(Boolean).join(', ');

/** When it begins and how long it may take; once it was begun, how long it has taken of that. */
function Times({ item }: { item: AgendaItem }) {
  const t = useSay();
  const locale = useLocale();
  const { meeting } = useSitting();
  const { timeZone } = meeting;
  const { planned, expected } = beginningOf(item, shiftOf(meeting));
  const begun = item.startedAt !== undefined;
  return (
    <>
      {planned && (
        <span className={expected ? styles.moved : undefined}>
          {expected && <VisuallyHidden>{t('sitting.agenda.planned')} </VisuallyHidden>}
          {timeText(locale, planned, timeZone)}
        </span>
      )}
      {expected && (
        <span className={styles.expected}>
          <VisuallyHidden>{t('sitting.agenda.expected')} </VisuallyHidden>
          {timeText(locale, expected, timeZone)}
        </span>
      )}
      <span className={styles.spent}>
        {begun && <Spent item={item} />}
        {begun && item.plannedSec > 0 && ' / '}
        {item.plannedSec > 0 && durationText(item.plannedSec)}
      </span>
    </>
  );
}

function Spent({ item }: { item: AgendaItem }) {
  const text = useTimed((now) => elapsedText(spentOf(item, now)));
  const over = useTimed((now) => item.plannedSec > 0 && spentOf(item, now) > item.plannedSec * 1_000);
  return <span data-over={over || undefined}>{text}</span>;
}
