import type { Locale } from '@concert/contract';
import { ProblemBody } from '@concert/contract';
import { RequestError } from './query.ts';

export const EXPORTS = ['docx', 'pdf', 'markdown', 'html'] as const;
export type ExportFormat = (typeof EXPORTS)[number];

const EXTENSION: Record<ExportFormat, string> = { docx: 'docx', pdf: 'pdf', markdown: 'md', html: 'html' };

/** A title as a file may be called on every system. */
const fileName = (title: string, format: ExportFormat): string =>
  `${
    title
      .replace(/[\p{Cc}<>:"/\\|?*]+/gu, ' ')
      .trim()
      .slice(0, 120) || 'document'
  }.${EXTENSION[format]}`;

/** Fetches a document in a format and hands it to the browser as a download. Throws a RequestError. */
export async function downloadDocument(id: string, title: string, format: ExportFormat, locale: Locale): Promise<void> {
  const response = await fetch(`/api/documents/${encodeURIComponent(id)}/content?format=${format}&locale=${locale}`);
  if (!response.ok) throw await failure(response);
  const address = URL.createObjectURL(await response.blob());
  const link = document.createElement('a');
  link.href = address;
  link.download = fileName(title, format);
  link.click();
  // The browser reads the address after the click has returned.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

async function failure(response: Response): Promise<RequestError> {
  const parsed = ProblemBody.safeParse(await response.json().catch(() => ({})));
  const { code = `HTTP_${response.status}`, data } = parsed.success ? parsed.data : {};
  return new RequestError({ code, reason: data?.reason ?? 'unexpected', status: response.status, detail: {} });
}
