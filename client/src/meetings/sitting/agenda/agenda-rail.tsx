import { Title } from '@mantine/core';
import { useId } from 'react';
import { useSay } from '../say.ts';
import { useSitting } from '../sitting-context.tsx';
import styles from './agenda.module.css';
import { AgendaRow } from './agenda-row.tsx';
import { itemsListed } from './course.ts';

type Props = { readonly shownId: string | undefined; readonly onShow: (itemId: string) => void };

/** The whole agenda: where the sitting is, what was dealt with, what is to come and when. */
export function AgendaRail({ shownId, onShow }: Props) {
  const t = useSay();
  const { meeting } = useSitting();
  const id = useId();
  return (
    <section aria-labelledby={id} className={styles.rail}>
      <Title order={2} id={id} className={styles.heading}>
        {t('sitting.agenda')}
      </Title>
      <ol className={styles.list}>
        {itemsListed(meeting).map((item) => (
          <li key={item.id}>
            <AgendaRow item={item} shown={item.id === shownId} onShow={() => onShow(item.id)} />
          </li>
        ))}
      </ol>
    </section>
  );
}
