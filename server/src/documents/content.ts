import type { Locale } from '@concert/contract';
import { Problem } from '@concert/contract';
import type { ContentFormat, DocumentContent } from '@concert/domain/documents/api.ts';
import type { Asker } from '../platform/access/access.ts';
import { isTooMuch } from '../platform/documents/workers.ts';
import { disposition, safeName } from '../platform/files/names.ts';
import { imagesFor, namesFor, recordedFor } from './export-context.ts';
import type { Parts } from './parts.ts';
import type { DocumentRecord } from './records.ts';
import type { Frozen } from './worker/types.ts';

type FileFormat = Exclude<ContentFormat, 'json'>;

const FILE: Readonly<Record<FileFormat, { readonly type: string; readonly extension: string }>> = {
  markdown: { type: 'text/markdown; charset=utf-8', extension: 'md' },
  html: { type: 'text/html; charset=utf-8', extension: 'html' },
  docx: { type: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', extension: 'docx' },
  pdf: { type: 'application/pdf', extension: 'pdf' },
};

const EXPORT_MS = 30_000;

/** Who reads, and in what language. */
type Reader = { readonly locale: Locale; readonly asker: Asker };

type Answer = { readonly headers?: Record<string, string>; readonly body: DocumentContent | Blob };

/** The canonical content of the present text. @throws Problem CONFLICT `document-quarantined` */
async function freeze(
  { platform, workers }: Parts,
  { id, kind }: DocumentRecord,
): Promise<{ frozen: Frozen; state: Uint8Array }> {
  const { update: state } = await platform.rooms.read(id);
  const frozen = await workers.run('freeze', { kind, state });
  if (!frozen.ok) throw new Problem('CONFLICT', 'document-quarantined');
  return { frozen, state };
}

/** Answers the content of documents; one export at a time for each person. */
export function createContent(parts: Parts) {
  const exporting = new Set<string>();

  const exportAs = async (record: DocumentRecord, format: FileFormat, { locale, asker }: Reader): Promise<Answer> => {
    const { frozen, state } = await freeze(parts, record);
    const [images, names, recorded] = await Promise.all([
      imagesFor(parts, record, { fileIds: frozen.fileIds, format }),
      namesFor(parts, record, asker),
      recordedFor(parts, record, { frozen, asker, locale }),
    ]);
    const input = { kind: record.kind, state, format, locale, images, names, recorded };
    const made = await parts.exporters.run('exportAs', input, EXPORT_MS).catch((cause: unknown) => {
      throw isTooMuch(cause) ? new Problem('PAYLOAD_TOO_LARGE', 'too-big-to-export', { cause }) : cause;
    });
    if ('ok' in made) throw new Problem('CONFLICT', 'document-quarantined');
    const { type, extension } = FILE[format];
    return {
      headers: {
        'cache-control': 'private, no-store',
        'x-content-type-options': 'nosniff',
        // Opened in a browser all the same, it can run nothing and fetch nothing.
        'content-security-policy': "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:",
        'content-disposition': disposition('attachment', safeName(frozen.title, extension, record.kind)),
      },
      body: new Blob([new Uint8Array(made)], { type }),
    };
  };

  return async (record: DocumentRecord, wanted: Reader & { readonly format: ContentFormat }): Promise<Answer> => {
    const { format, locale, asker } = wanted;
    const { personId } = asker;
    if (format === 'json') return { body: JSON.parse((await freeze(parts, record)).frozen.content) };
    if (exporting.has(personId)) throw new Problem('TOO_MANY_REQUESTS', 'export-under-way');
    exporting.add(personId);
    try {
      return await exportAs(record, format, { locale, asker });
    } finally {
      exporting.delete(personId);
    }
  };
}
