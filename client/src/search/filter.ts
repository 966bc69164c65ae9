import { FOUND_KINDS, type FoundKind } from '@concert/domain/search/api.ts';

/** How far back somebody looks. */
export const PERIODS = ['week', 'month', 'year'] as const;
export type Period = (typeof PERIODS)[number];

/** What is looked for, as the address of the page says it. */
export type SearchFilter = {
  readonly q: string;
  readonly kind?: FoundKind | undefined;
  readonly workspaceId?: string | undefined;
  readonly authorId?: string | undefined;
  readonly period?: Period | undefined;
};

const DAYS: Readonly<Record<Period, number>> = { week: 7, month: 30, year: 365 };
const DAY_MS = 24 * 3_600_000;

const isId = (text: string | null): text is string => text !== null && /^[A-Za-z0-9_-]{1,64}$/.test(text);

/** Reads an address; what is no filter is none. */
export function filterFrom(params: URLSearchParams): SearchFilter {
  const [workspaceId, authorId] = [params.get('workspace'), params.get('author')];
  return {
    q: (params.get('q') ?? '').slice(0, 200),
    kind: FOUND_KINDS.find((kind) => kind === params.get('kind')),
    workspaceId: isId(workspaceId) ? workspaceId : undefined,
    authorId: isId(authorId) ? authorId : undefined,
    period: PERIODS.find((period) => period === params.get('period')),
  };
}

/** The same as an address. */
export function paramsOf({ q, kind, workspaceId, authorId, period }: SearchFilter): URLSearchParams {
  const given = { q, kind, workspace: workspaceId, author: authorId, period };
  return new URLSearchParams(Object.entries(given).flatMap(([name, value]) => (value ? [[name, value]] : [])));
}

/** The beginning of a period, at midnight of here, so that the question stays the same all day. */
export function beginOf(period: Period | undefined, now: Date): string | undefined {
  if (period === undefined) return undefined;
  const day = new Date(now.getTime() - DAYS[period] * DAY_MS);
  day.setHours(0, 0, 0, 0);
  return day.toISOString();
}
