import { useText } from '../platform/i18n.ts';
import { usePage } from '../platform/page.tsx';
import { PageBody } from '../ui/page-body.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { messages } from './messages.ts';
import { ThreadList } from './parts/thread-list.tsx';

/** `/discussions`: everything that is open to the reader, wherever it is. */
export function Page() {
  const t = useText(messages);
  usePage(t('discussions.title'));
  return (
    <PageBody>
      <PageHeader title={t('discussions.title')} detail={t('discussions.detail')} />
      <ThreadList place={{ kind: 'everywhere', id: '' }} mayOpen={false} staff={false} showsSubject="always" />
    </PageBody>
  );
}
