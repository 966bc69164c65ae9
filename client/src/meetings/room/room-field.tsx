import { RoomProvider } from '@concert/domain/meetings/shapes.ts';
import { Select, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useText } from '../../platform/i18n.ts';
import { orpc } from '../../platform/query.ts';
import { messages } from '../messages.ts';

type Values = { readonly room: RoomProvider | null; readonly roomUrl: string };

type Props = {
  readonly values: Values;
  readonly error: ReactNode;
  readonly onChange: (change: Partial<Values>) => void;
};

const OWN = 'own';

/** Where people meet at a distance: an address, or a room that is made for the meeting where the installation has some. */
export function RoomField({ values: { room, roomUrl }, error, onChange }: Props) {
  const t = useText(messages);
  const { data } = useQuery({
    ...orpc.rooms.providers.queryOptions({ input: {} }),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const providers = data?.items ?? [];
  return (
    <>
      {providers.length > 0 && (
        <Select
          label={t('form.room')}
          description={room === null ? undefined : t('form.roomMade')}
          allowDeselect={false}
          data={[
            { value: OWN, label: t('form.roomOwn') },
            ...providers.map(({ provider, host }) => ({ value: provider, label: t('form.roomAt', { host }) })),
          ]}
          value={room ?? OWN}
          onChange={(value) => onChange({ room: RoomProvider.safeParse(value).data ?? null })}
        />
      )}
      {room === null && (
        <TextInput
          type="url"
          inputMode="url"
          label={t(providers.length > 0 ? 'form.roomUrl' : 'form.room')}
          description={t('form.roomHelp')}
          placeholder="https://"
          maxLength={500}
          value={roomUrl}
          error={error}
          onChange={(event) => onChange({ roomUrl: event.currentTarget.value })}
        />
      )}
    </>
  );
}
