import type { Attachment } from '@concert/domain/threads/api.ts';
import { ActionIcon, Loader, Tooltip } from '@mantine/core';
import {
  IconFile,
  IconFileSpreadsheet,
  IconFileTypePdf,
  IconFileZip,
  IconPaperclip,
  IconPhoto,
  IconX,
} from '@tabler/icons-react';
import { useRef } from 'react';
import { useFormat } from '../../platform/format.ts';
import { useText } from '../../platform/i18n.ts';
import { messages } from '../messages.ts';
import styles from './file-chips.module.css';
import type { Attachments } from './use-attachments.ts';

const SIGNS: readonly (readonly [RegExp, typeof IconFile])[] = [
  [/\.pdf$/i, IconFileTypePdf],
  [/\.(png|jpe?g|gif|webp|svg|avif)$/i, IconPhoto],
  [/\.(xlsx?|ods|csv)$/i, IconFileSpreadsheet],
  [/\.(zip|gz|7z|tar)$/i, IconFileZip],
];

function FileSign({ name }: { name: string }) {
  const Sign = SIGNS.find(([pattern]) => pattern.test(name))?.[1] ?? IconFile;
  return <Sign size={17} stroke={1.6} aria-hidden />;
}

/** The files of a message, to be downloaded. */
export function SentFiles({ replyId, files }: { replyId: string; files: readonly Attachment[] }) {
  const t = useText(messages);
  const format = useFormat();
  if (files.length === 0) return null;
  return (
    <ul className={styles.files} aria-label={t('attach.label')}>
      {files.map(({ id, name, size }) => (
        <li key={id}>
          <a className={styles.file} href={`/api/replies/${replyId}/attachments/${id}`} download={name}>
            <FileSign name={name} />
            <span className={styles.name}>{name}</span>
            <span className={styles.size}>{format.bytes(size)}</span>
          </a>
        </li>
      ))}
    </ul>
  );
}

/** The files of a message that is being written. */
export function ChosenFiles({ attachments: { files, remove } }: { attachments: Attachments }) {
  const t = useText(messages);
  if (files.length === 0) return null;
  return (
    <ul className={styles.files} aria-label={t('attach.label')} data-inside>
      {files.map(({ key, name, id }) => (
        <li key={key} className={styles.file}>
          {id === undefined ? <Loader size={14} aria-label={t('attach.uploading')} /> : <FileSign name={name} />}
          <span className={styles.name}>{name}</span>
          <ActionIcon size="xs" aria-label={t('attach.remove', { name })} onClick={() => remove(key)}>
            <IconX size={13} aria-hidden />
          </ActionIcon>
        </li>
      ))}
    </ul>
  );
}

/** Chooses files for a message. */
export function AttachButton({ attachments }: { attachments: Attachments }) {
  const t = useText(messages);
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label={t('attach.add')}
        onChange={({ currentTarget }) => {
          attachments.add(currentTarget.files ?? []);
          currentTarget.value = '';
        }}
      />
      <Tooltip label={t('attach.add')}>
        <ActionIcon size="md" aria-label={t('attach.add')} onClick={() => input.current?.click()}>
          <IconPaperclip size={17} stroke={1.7} aria-hidden />
        </ActionIcon>
      </Tooltip>
    </>
  );
}
