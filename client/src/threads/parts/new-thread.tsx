import type { ThreadDetail } from '@concert/domain/threads/api.ts';
import { SegmentedControl, Stack, Text, TextInput } from '@mantine/core';
import { useId, useState } from 'react';
import { useText } from '../../platform/i18n.ts';
import { client } from '../../platform/query.ts';
import { messages } from '../messages.ts';
import { type Place, useRefresh } from '../queries.ts';
import { Composer } from './composer.tsx';
import { findFor } from './thread-view.tsx';

type Visibility = ThreadDetail['visibility'];

type Props = {
  readonly place: Place;
  /** Whether the opener may open a discussion for staff alone. */
  readonly staff: boolean;
  readonly onOpened: (thread: ThreadDetail) => void;
  readonly onCancel: () => void;
};

/** Opening a discussion: its subject, for whom it is, its first message. */
export function NewThread({ place, staff, onOpened, onCancel }: Props) {
  const t = useText(messages);
  const refresh = useRefresh();
  const labelId = useId();
  const [title, setTitle] = useState('');
  const [visibility, setVisibility] = useState<Visibility>('everyone');
  const kind = place.kind === 'document' ? 'document' : 'workspace';
  const find = findFor({ subject: { kind, id: place.id, title: '' }, visibility });
  const open = place.kind === 'document' ? client.threads.documents.open : client.threads.workspaces.open;
  return (
    <Stack gap="sm" component="section" aria-label={t('new.title')}>
      <TextInput
        label={t('new.subject')}
        placeholder={t('new.subject.placeholder')}
        maxLength={200}
        value={title}
        onChange={(event) => setTitle(event.currentTarget.value)}
        data-autofocus
        autoFocus
      />
      <Composer
        draftOf={`new.${kind}.${place.id}`}
        submit={t('new.submit')}
        failed={t('reply.failed')}
        find={find}
        onCancel={onCancel}
        onSend={async (written) => {
          const named = title.trim() === '' ? {} : { title: title.trim() };
          const thread = await open({ id: place.id, ...named, visibility, ...written });
          await refresh(thread.id);
          onOpened(thread);
        }}
      />
      {staff && (
        <div>
          <Text size="sm" fw={500} id={labelId} mb={4}>
            {t('new.visibility')}
          </Text>
          <SegmentedControl
            size="xs"
            aria-labelledby={labelId}
            value={visibility}
            onChange={(value) => setVisibility(value === 'staff' ? 'staff' : 'everyone')}
            data={[
              { value: 'everyone', label: t('visibility.everyone') },
              { value: 'staff', label: t('visibility.staff') },
            ]}
          />
          <Text size="xs" c="dimmed" mt={4}>
            {t(`visibility.${visibility}.detail`)}
          </Text>
        </div>
      )}
    </Stack>
  );
}
