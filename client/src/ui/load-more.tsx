import { Button, Center } from '@mantine/core';
import { useText } from '../platform/i18n.ts';
import { common } from '../platform/messages.ts';

type Paged = { readonly hasNextPage: boolean; readonly isFetchingNextPage: boolean; fetchNextPage(): unknown };

/** The way to the next page of a list, when there is one. */
export function LoadMore({ list }: { list: Paged }) {
  const t = useText(common);
  if (!list.hasNextPage) return null;
  return (
    <Center mt="md">
      <Button variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
        {t('more')}
      </Button>
    </Center>
  );
}
