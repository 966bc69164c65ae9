import type { Field } from '@concert/domain/fields/types.ts';
import { Group, Text } from '@mantine/core';
import { type ReactNode, useEffect, useMemo, useState } from 'react';
import { type Passages, passagesOf } from '../../platform/editor/passages.ts';
import type { Room } from '../../platform/editor/room.ts';
import { useLocale, useText } from '../../platform/i18n.ts';
import { compare, type Opposite, type Piece } from '../compare.ts';
import type { KindInfo } from '../kind-info.ts';
import { messages } from '../messages.ts';
import styles from './comparison.module.css';

type Props = {
  readonly mine: Passages;
  readonly room: Room;
  readonly info: KindInfo;
  readonly action: ReactNode;
};

/** Waits between two readings of a document that others are writing in, in milliseconds. */
const PAUSE = 400;

/** The words of the document as they are now, following what is written. */
function usePassages(room: Room): Passages {
  const [now, setNow] = useState(() => passagesOf(room.body, room.fields));
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const read = () => {
      timer = undefined;
      setNow(passagesOf(room.body, room.fields));
    };
    const soon = () => {
      timer ??= setTimeout(read, PAUSE);
    };
    room.doc.on('update', soon);
    return () => {
      room.doc.off('update', soon);
      clearTimeout(timer);
    };
  }, [room]);
  return now;
}

/** What somebody had written beside what the document holds now, with the differences marked on both sides. */
export function Comparison({ mine, room, info, action }: Props) {
  const t = useText(messages);
  const theirs = usePassages(room);
  const found = useMemo(() => compare(mine, theirs), [mine, theirs]);
  const lacking = found.some((one) => one.kind === 'changed' && one.mine?.some(({ differs }) => differs));
  return (
    <>
      <Group justify="space-between" align="start" gap="sm" mb="md">
        <Text size="sm" c="dimmed" flex="1 1 20rem">
          {t(lacking ? 'recovered.legend' : 'recovered.same')}
        </Text>
        {action}
      </Group>
      <div className={styles.heads} aria-hidden>
        <span>{t('recovered.mine')}</span>
        <span>{t('recovered.theirs')}</span>
      </div>
      {found.map((one, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: passages have no identity, and nothing here has a state to keep
        <Row key={at} one={one} info={info} />
      ))}
    </>
  );
}

/** So many identical passages in a row are only counted; fewer are shown, because they say where one is. */
const SHOWN = 2;

function Row({ one, info }: { one: Opposite; info: KindInfo }) {
  const t = useText(messages);
  const locale = useLocale();
  if (one.kind === 'same') {
    if (one.texts.length <= SHOWN) {
      return one.texts.map((text) => (
        <p key={text} className={styles.same}>
          {text}
        </p>
      ));
    }
    return <p className={styles.skipped}>{t('recovered.skipped', { count: one.texts.length })}</p>;
  }
  const label = one.field ? labelOf(info, one.field, locale) : undefined;
  return (
    <section className={styles.pair} aria-label={label}>
      {label && <h3 className={styles.field}>{label}</h3>}
      <Side name={t('recovered.mine')} pieces={one.mine} side="mine" />
      <Side name={t('recovered.theirs')} pieces={one.theirs} side="theirs" />
    </section>
  );
}

type SideProps = {
  readonly name: string;
  readonly pieces: readonly Piece[] | undefined;
  readonly side: 'mine' | 'theirs';
};

function Side({ name, pieces, side }: SideProps) {
  const t = useText(messages);
  return (
    <section className={styles.side} data-side={side} aria-label={name}>
      <span className={styles.name} aria-hidden>
        {name}
      </span>
      {pieces ? (
        <p>
          {pieces.map(({ text, differs }, at) =>
            // biome-ignore lint/suspicious/noArrayIndexKey: as above
            differs ? <mark key={at}>{text}</mark> : text,
          )}
        </p>
      ) : (
        <p className={styles.nothing}>{t('recovered.nothing')}</p>
      )}
    </section>
  );
}

/** "Résultats attendus · Résultat" for `outcomes.{row}.outcome`. */
function labelOf(info: KindInfo, path: string, locale: 'fr' | 'en' | 'it'): string {
  const names: string[] = [];
  let fields: readonly Field[] = info.kind.sections.flatMap((section) => section.fields);
  for (const step of path.split('.')) {
    const field = fields.find(({ id }) => id === step);
    if (!field) continue;
    names.push(field.label[locale]);
    if (field.type === 'rows') fields = field.columns;
  }
  return names.length > 0 ? names.join(' · ') : path;
}
