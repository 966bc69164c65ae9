import { ATTACHMENTS } from '@concert/domain/threads/rules.ts';
import { uuidv4 } from 'lib0/random';
import { useState } from 'react';
import { useText } from '../../platform/i18n.ts';
import { client } from '../../platform/query.ts';
import { sayProblem, sayRefusal } from '../../ui/notify.ts';
import { messages } from '../messages.ts';

/** A file beside a message that is being written. */
export type Attaching = {
  readonly key: string;
  readonly name: string;
  readonly size: number;
  /** Once it is uploaded. */
  readonly id?: string;
};

/** Files for a message: uploaded as soon as they are chosen, sent with it. */
export function useAttachments() {
  const t = useText(messages);
  const [files, setFiles] = useState<readonly Attaching[]>([]);
  const remove = (key: string) => setFiles((before) => before.filter((file) => file.key !== key));

  const upload = (file: File): void => {
    if (file.size > ATTACHMENTS.bytes) {
      sayRefusal(t('attach.tooBig', { name: file.name, limit: ATTACHMENTS.bytes / 1024 / 1024 }));
      return;
    }
    const key = uuidv4();
    setFiles((before) => [...before, { key, name: file.name, size: file.size }]);
    client.threads.attach({ file }).then(
      ({ id }) => setFiles((before) => before.map((one) => (one.key === key ? { ...one, id } : one))),
      (error: unknown) => {
        remove(key);
        sayProblem(error, t('attach.failed', { name: file.name }));
      },
    );
  };

  return {
    files,
    remove,
    clear: () => setFiles([]),
    isUploading: files.some(({ id }) => id === undefined),
    ids: files.flatMap(({ id }) => id ?? []),
    add: (chosen: Iterable<File>) => {
      const wanted = [...chosen];
      const room = ATTACHMENTS.count - files.length;
      if (wanted.length > room) sayRefusal(t('attach.tooMany', { count: ATTACHMENTS.count }));
      for (const file of wanted.slice(0, Math.max(room, 0))) upload(file);
    },
  };
}
export type Attachments = ReturnType<typeof useAttachments>;
