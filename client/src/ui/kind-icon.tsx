import type { DocumentKind } from '@concert/domain/documents/api.ts';
import { type Icon, IconClipboardList, IconFileText, IconRoute, IconWritingSign } from '@tabler/icons-react';

export const KIND_ICON: Record<DocumentKind, Icon> = {
  'needs-assessment': IconClipboardList,
  'project-brief': IconRoute,
  minutes: IconWritingSign,
  note: IconFileText,
};

/** The sign of a kind of document; decorative, the kind is named beside it. */
export function KindIcon({ kind, size = 18 }: { kind: DocumentKind; size?: number }) {
  const Sign = KIND_ICON[kind];
  return <Sign size={size} stroke={1.6} aria-hidden style={{ flex: 'none' }} />;
}
