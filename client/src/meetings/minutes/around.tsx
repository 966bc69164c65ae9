import { lazy, Suspense } from 'react';
import type { DocumentFrameProps } from '../../platform/module.ts';
import { PageSkeleton } from '../../ui/skeletons.tsx';

const MinutesFrame = lazy(async () => ({ default: (await import('./frame.tsx')).MinutesFrame }));

/** Around the page of a document: of minutes alone, whose words are fetched when the first are opened. */
export function AroundMinutes(props: DocumentFrameProps) {
  if (props.document.kind !== 'minutes') return props.children;
  return (
    <Suspense fallback={<PageSkeleton />}>
      <MinutesFrame {...props} />
    </Suspense>
  );
}
