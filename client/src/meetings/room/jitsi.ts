import { z } from 'zod';

/** Which frame of the page it is, to Jitsi; there is one. */
const FRAME = 1;
const SCOPE = `jitsi_meet_external_api_${FRAME}`;

/** The address under which Jitsi tells the page around it what happens; beside what the address says already. */
export const framed = (url: string): string =>
  `${url}${url.includes('#') ? '&' : '#'}jitsi_meet_external_api_id=${FRAME}`;

/** What Jitsi's IFrame API sends by postMessage, as text: a question whether somebody hears it, and events. */
const Asked = z.object({
  postis: z.literal(true),
  scope: z.literal(SCOPE),
  method: z.literal('__ready__'),
  params: z.string(),
});
const Happened = z.object({
  postis: z.literal(true),
  scope: z.literal(SCOPE),
  method: z.literal('message'),
  params: z.object({ type: z.literal('event'), data: z.object({ name: z.string() }) }),
});

const EVENTS: ReadonlyMap<string, 'joined' | 'left'> = new Map([
  ['video-conference-joined', 'joined'],
  ['video-conference-left', 'left'],
  ['video-ready-to-close', 'left'],
]);

/** What was heard from the frame: what to answer it, or that one has joined or left; nothing of anything else. */
export function heard(data: unknown): { readonly answer: string } | { readonly what: 'joined' | 'left' } | undefined {
  const said = parsed(data);
  const asked = Asked.safeParse(said);
  // It asks until its question comes back, and keeps its events until then.
  if (asked.success) return { answer: JSON.stringify(asked.data) };
  const happened = Happened.safeParse(said);
  const what = happened.success ? EVENTS.get(happened.data.params.data.name) : undefined;
  return what && { what };
}

function parsed(data: unknown): unknown {
  if (typeof data !== 'string') return data;
  try {
    return JSON.parse(data);
  } catch {
    return undefined;
  }
}
