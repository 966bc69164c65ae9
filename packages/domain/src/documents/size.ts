/** What a co-edited text may take with its history, in bytes: beyond it edits are refused (S18 of the sync engine). */
export const MAX_DOCUMENT_BYTES = 32_000_000;

/** From this share on its members are warned (D9). */
const NEARLY_FULL = 0.8;

/** How full a document is, in whole percent and never rounded up to 100; undefined while that is nobody's concern (D9). */
export function fillToTell({ byteSize, maxBytes }: { byteSize: number; maxBytes: number }): number | undefined {
  return byteSize < NEARLY_FULL * maxBytes ? undefined : Math.min(100, Math.floor((100 * byteSize) / maxBytes));
}
