import { useDebouncedValue } from '@mantine/hooks';
import { IconListSearch } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import { ref, useText } from '../platform/i18n.ts';
import type { Command } from '../platform/module.ts';
import { orpc } from '../platform/query.ts';
import { FOUND_ICON } from './kinds.ts';
import { messages } from './messages.ts';

const FOUND = 7;

const plain = (segments: readonly { readonly text: string }[]): string => segments.map(({ text }) => text).join('');

/** In the palette: what answers the words typed so far, and the page with all of it. */
export function useSearchCommands(typed: string): readonly Command[] {
  const t = useText(messages);
  const navigate = useNavigate();
  const [q] = useDebouncedValue(typed.trim().slice(0, 200), 150);
  const found = useQuery({
    ...orpc.search.find.queryOptions({ input: { q, limit: FOUND } }),
    enabled: q !== '',
    placeholderData: keepPreviousData,
  });
  if (typed.trim() === '' || q === '') return [];
  const group = ref(messages, 'palette.found');
  return [
    ...(found.data?.items ?? []).map(({ kind, id, title, context, passage, path }) => ({
      id: `found ${kind} ${id}`,
      group,
      label: plain(title),
      detail: [context, plain(passage)].filter(Boolean).join(' · '),
      icon: FOUND_ICON[kind],
      found: true,
      run: () => void navigate(path),
    })),
    {
      id: 'search',
      group,
      label: t('palette.all', { query: q }),
      icon: IconListSearch,
      last: true,
      run: () => void navigate(`/search?${new URLSearchParams({ q })}`),
    },
  ];
}
