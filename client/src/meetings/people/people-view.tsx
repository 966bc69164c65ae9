import type { Meeting } from '@concert/domain/meetings/shapes.ts';
import { Stack } from '@mantine/core';
import { useText } from '../../platform/i18n.ts';
import { Rows } from '../../ui/rows.tsx';
import { Section } from '../../ui/section.tsx';
import { isArranged } from '../logic/agenda.ts';
import { byQuality } from '../logic/people.ts';
import { messages } from '../messages.ts';
import { AddGuest } from './add-guest.tsx';
import { AttendeeRow } from './attendee-row.tsx';
import { Counts } from './counts.tsx';
import { LateChanges } from './late-changes.tsx';
import { Proxies } from './proxies.tsx';

/** Who is called in which quality, who comes, and whether they are enough. */
export function PeopleView({ meeting }: { meeting: Meeting }) {
  const t = useText(messages);
  const groups = byQuality(meeting.attendees);
  const arranges = meeting.me.conducts && isArranged(meeting);
  return (
    <Stack gap="2.25rem">
      <Counts meeting={meeting} />
      <LateChanges meeting={meeting} />
      {groups.map(({ quality, people }) => (
        <Section key={quality} title={t(`quality.${quality}`, { count: people.length })}>
          <Rows label={t(`quality.${quality}`, { count: people.length })}>
            {people.map((one) => (
              <AttendeeRow key={one.personId} attendee={one} meeting={meeting} arranges={arranges} />
            ))}
          </Rows>
        </Section>
      ))}
      {arranges && <AddGuest meeting={meeting} />}
      <Proxies meeting={meeting} />
    </Stack>
  );
}
