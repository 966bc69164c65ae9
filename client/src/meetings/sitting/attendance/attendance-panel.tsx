import type { Attendee } from '@concert/domain/meetings/shapes.ts';
import { Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { compareNames } from '../../../platform/format.ts';
import { useLocale } from '../../../platform/i18n.ts';
import { PersonLine } from '../../../ui/person-line.tsx';
import { Rows } from '../../../ui/rows.tsx';
import { useSay } from '../say.ts';
import { useSitting } from '../sitting-context.tsx';
import styles from './attendance.module.css';
import { countPresent, type Group, groupsOf, representedBy } from './grouping.ts';
import { ATTENDED } from './own-presence.tsx';
import { PresenceSwitch } from './presence-switch.tsx';
import { useQuorumText } from './quorum-chip.tsx';

/** From so many on, names are looked for. */
const MANY = 12;

/** Who is called and who is there, by college; who conducts the sitting notes who comes and leaves. */
export function AttendancePanel() {
  const t = useSay();
  const locale = useLocale();
  const { meeting } = useSitting();
  const [typed, setTyped] = useState('');
  const quorum = useQuorumText();
  const wanted = typed.trim().toLocaleLowerCase(locale);
  const people = meeting.attendees.filter(({ name }) => name.toLocaleLowerCase(locale).includes(wanted));
  const groups = groupsOf(people, (a, b) => compareNames(locale, a, b));
  const count = countPresent(meeting.attendees);
  return (
    <div className={styles.panel}>
      <Text size="sm">
        {t('sitting.attendance.count', { in: count.in, remote: count.remote, of: count.of })}
        {quorum && (
          <Text component="span" display="block" size="sm" c="dimmed">
            {quorum}
          </Text>
        )}
      </Text>
      {meeting.attendees.length > MANY && (
        <TextInput
          size="sm"
          type="search"
          aria-label={t('sitting.attendance.find')}
          placeholder={t('sitting.attendance.find')}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
      )}
      {groups.map((group) => (
        <GroupSection key={group.key} group={group} />
      ))}
      {groups.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('sitting.speakers.nobody')}
        </Text>
      )}
    </div>
  );
}

function GroupSection({ group }: { group: Group }) {
  const t = useSay();
  const title = group.college ?? t(`sitting.group.${group.quality}`);
  return (
    <section aria-label={title}>
      <div className={styles.head}>
        <Text size="xs" c="dimmed" fw={580}>
          {title}
        </Text>
        <Text size="xs" c="dimmed">
          {t('sitting.attendance.there', { there: group.there, of: group.people.length })}
        </Text>
      </div>
      <Rows label={title}>
        {group.people.map((attendee) => (
          <AttendeeRow key={attendee.personId} attendee={attendee} />
        ))}
      </Rows>
    </section>
  );
}

function AttendeeRow({ attendee }: { attendee: Attendee }) {
  const t = useSay();
  const { meeting, current, person } = useSitting();
  const { presence } = attendee;
  const proxy = presence === 'out' ? representedBy(meeting.proxies, attendee.personId, current?.id) : undefined;
  const represented = proxy ? t('sitting.attendance.represented', { name: person(proxy)?.name ?? '' }) : undefined;
  const excused = presence === 'out' && attendee.answer === 'excused' ? t('sitting.attendance.excused') : undefined;
  const quality = attendee.quality === 'alternate' ? t('sitting.group.alternate') : undefined;
  const detail = [represented ?? excused, quality, attendee.seatTitle ?? attendee.title].filter(Boolean).join(' · ');
  const notes = meeting.me.conducts && meeting.mode !== 'written' && ATTENDED.has(meeting.state);
  return (
    <div className={styles.row} data-presence={presence}>
      <PersonLine person={attendee} detail={detail} size={30} />
      {notes ? (
        <PresenceSwitch attendee={attendee} />
      ) : (
        <Text size="xs" className={styles.presence}>
          {t(`sitting.presence.${presence}`)}
        </Text>
      )}
    </div>
  );
}
