import type { ThreadDetail } from '@concert/domain/threads/api.ts';
import { SegmentedControl, Stack, Text, TextInput } from '@mantine/core';
import { useId, useState } from 'react';
import type { Passage } from '../../platform/editor/discussed.ts';
import { useText } from '../../platform/i18n.ts';
import { client } from '../../platform/query.ts';
import { messages } from '../messages.ts';
import { QuotedPassage } from '../passages/quoted-passage.tsx';
import { type Place, useRefresh } from '../queries.ts';
import { Composer } from './composer.tsx';
import { findFor } from './thread-view.tsx';

type Visibility = ThreadDetail['visibility'];

type Props = {
  readonly place: Place;
  /** Whether the opener may open a discussion for staff alone. */
  readonly staff: boolean;
  /** The words of the document that it is to be about. */
  readonly passage?: Passage;
  readonly onOpened: (thread: ThreadDetail) => void;
  readonly onCancel: () => void;
};

/** Opening a discussion: its subject, for whom it is, its first message. */
export function NewThread({ place, staff, passage, onOpened, onCancel }: Props) {
  const t = useText(messages);
  const refresh = useRefresh();
  const labelId = useId();
  const [title, setTitle] = useState('');
  const [visibility, setVisibility] = useState<Visibility>('everyone');
  const kind = place.kind === 'document' ? 'document' : 'workspace';
  const find = findFor({ subject: { kind, id: place.id, title: '' }, visibility });
  return (
    <Stack gap="sm" component="section" aria-label={t('new.title')}>
      {passage ? (
        <QuotedPassage quote={passage.quote} />
      ) : (
        <TextInput
          label={t('new.subject')}
          placeholder={t('new.subject.placeholder')}
          maxLength={200}
          value={title}
          onChange={(event) => setTitle(event.currentTarget.value)}
          data-autofocus
          autoFocus
        />
      )}
      <Composer
        draftOf={passage ? `passage.${place.id}` : `new.${kind}.${place.id}`}
        autoFocus={passage !== undefined}
        submit={t(passage ? 'passage.comment' : 'new.submit')}
        failed={t('reply.failed')}
        find={find}
        onCancel={onCancel}
        onSend={async (written) => {
          const named = title.trim() === '' ? {} : { title: title.trim() };
          const opening = { id: place.id, ...named, visibility, ...written };
          const anchor = passage ? { anchor: { start: passage.start, end: passage.end } } : {};
          const thread = await (kind === 'document'
            ? client.threads.documents.open({ ...opening, ...anchor })
            : client.threads.workspaces.open(opening));
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
