import type { Attendee, Meeting } from '@concert/domain/meetings/shapes.ts';
import { useText } from '../platform/i18n.ts';
import { messages } from './messages.ts';

export type Names = {
  person(id: string): Attendee | undefined;
  nameOf(id: string): string;
  /** "3. Budget 2027" */
  itemOf(id: string): string;
};

/** Names of the people and items of a meeting; whoever is not called is somebody. */
export function useNames({ attendees, agenda }: Pick<Meeting, 'attendees' | 'agenda'>): Names {
  const t = useText(messages);
  const people = new Map(attendees.map((one) => [one.personId, one]));
  return {
    person: (id) => people.get(id),
    nameOf: (id) => people.get(id)?.name ?? t('somebody'),
    itemOf: (id) => {
      const item = agenda.find((one) => one.id === id);
      const title = item?.title || t('item.hidden');
      return item?.number ? `${item.number}. ${title}` : title;
    },
  };
}
