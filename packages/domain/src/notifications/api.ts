import { Color, DocumentId, Id, Instant, listOf, Page, PersonId, WorkspaceId } from '@concert/contract';
import { oc } from '@orpc/contract';
import { z } from 'zod';
import { MAIL_MODES, MAILED } from './preferences.ts';
import { HAPPENINGS, WATCH_LEVELS } from './rules.ts';

export const WatchLevel = z.enum(WATCH_LEVELS);
export const NotificationReason = z.enum(['mentioned', ...HAPPENINGS]);
export type NotificationReason = z.infer<typeof NotificationReason>;

/** What somebody was told of in one place, together: the newest event last. */
export const Notification = z.object({
  id: Id,
  subject: z.object({
    kind: z.string(),
    id: Id,
    title: z.string(),
    /** Where it is shown, relative to the site. */
    path: z.string(),
    /** What contains it: a document, or a workspace. */
    context: z.string().optional(),
  }),
  unread: z.boolean(),
  lastAt: Instant,
  events: z.array(
    z.object({
      id: z.string(),
      reason: NotificationReason,
      /** Absent where nobody did it: a day has come. */
      by: z.object({ id: PersonId, name: z.string(), color: Color }).optional(),
      at: Instant,
      /** The day that it is about: on which something is due, or to be looked at again. */
      day: z.iso.date().optional(),
      /** The place in the subject where it happened, as the last part of its path. */
      anchor: z.string().optional(),
    }),
  ),
  snoozedUntil: Instant.optional(),
});
export type Notification = z.infer<typeof Notification>;

/** What was set here, what counts here, and where that was set. */
export const Watch = z.object({
  level: WatchLevel,
  /** Set on this subject itself; null when what contains it decides. */
  own: WatchLevel.nullable(),
});
export type Watch = z.infer<typeof Watch>;

const TimeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);
/** A time zone that this machine knows. */
const TimeZone = z
  .string()
  .max(64)
  .refine((name) => {
    try {
      new Intl.DateTimeFormat('en', { timeZone: name });
      return true;
    } catch {
      return false;
    }
  }, 'not a time zone');

const MailChoice = z.enum(MAIL_MODES);
/** How somebody wants to be told outside the pages (rules N8 and N9). */
const NotificationPreferences = z.object({
  mail: z
    .object({
      mentioned: MailChoice,
      answered: MailChoice,
      replied: MailChoice,
      opened: MailChoice,
      settled: MailChoice,
      meeting: MailChoice,
      decided: MailChoice,
      action: MailChoice,
      due: MailChoice,
    })
    .strict(),
  digestHour: z.number().int().min(0).max(23),
  digestDay: z.number().int().min(1).max(7),
  timeZone: TimeZone,
  quiet: z.object({ from: TimeOfDay, to: TimeOfDay }).nullable(),
});
/** The same as it is kept, with whether this installation sends mails at all. */
const KeptPreferences = NotificationPreferences.extend({ delivers: z.boolean() });

const route = (method: 'GET' | 'POST' | 'PUT' | 'PATCH', path: `/${string}`, summary: string) =>
  oc.route({ method, path, tags: ['notifications'], summary });

const watchOf = <SubjectId extends z.ZodType<string>>(
  subject: 'workspaces' | 'documents' | 'threads',
  id: SubjectId,
) => ({
  get: route('GET', `/${subject}/{id}/watch`, 'How much I hear of it').input(z.object({ id }).strict()).output(Watch),
  set: route('PUT', `/${subject}/{id}/watch`, 'Hear more or less of it; null: as of what contains it')
    .input(z.object({ id, level: WatchLevel.nullable() }).strict())
    .output(Watch),
});

const Endpoint = z.string().min(1).max(1_000);
const Base64Url = z.string().regex(/^[A-Za-z0-9_-]{10,200}={0,2}$/);

/** Push messages: what a browser needs to switch them on, and where they are on. */
const PushState = z.object({
  /** By which push services know this installation (RFC 8292), as base64url. */
  publicKey: z.string(),
  /** In how many browsers they are on. */
  devices: z.number().int(),
});

/** A meeting with its agenda has fewer. */
const MOST_SUBJECTS = 400;

export const notificationsApi = {
  push: {
    get: route('GET', '/notifications/push', 'Push messages: the key to switch them on, and where they are on')
      .input(z.object({}).strict())
      .output(PushState),
    add: route('POST', '/notifications/push', 'Switch push messages on in this browser')
      .input(z.object({ endpoint: Endpoint, keys: z.object({ p256dh: Base64Url, auth: Base64Url }).strict() }).strict())
      .output(PushState),
    remove: route('POST', '/notifications/push/remove', 'Switch push messages off in a browser')
      .input(z.object({ endpoint: Endpoint }).strict())
      .output(PushState),
  },
  list: route('GET', '/notifications', 'What I was told, unread first, then the newest first')
    .input(Page.extend({ state: z.enum(['unread', 'all', 'snoozed']).default('all') }).strict())
    .output(listOf(Notification)),
  count: route('GET', '/notifications/count', 'How many are unread')
    .input(z.object({}).strict())
    .output(z.object({ unread: z.number().int() })),
  update: route('PATCH', '/notifications/{id}', 'Mark as read or unread, put off, bring back')
    .input(z.object({ id: Id, read: z.boolean().optional(), snoozedUntil: Instant.nullable().optional() }).strict())
    .output(Notification),
  readAll: route('POST', '/notifications/read', 'Mark everything as read that was told until an instant')
    .input(z.object({ until: Instant }).strict())
    .output(z.object({})),
  readAbout: route('POST', '/notifications/read-about', 'Mark as read what was told about things that are shown now')
    .input(
      z
        .object({
          subjects: z
            .array(z.object({ kind: z.string().regex(/^[a-z-]{1,40}$/), id: Id }).strict())
            .min(1)
            .max(MOST_SUBJECTS),
        })
        .strict(),
    )
    .output(z.object({})),
  preferences: route('GET', '/notifications/preferences', 'How I want to be told')
    .input(z.object({}).strict())
    .output(KeptPreferences),
  setPreferences: route('PATCH', '/notifications/preferences', 'Change how I want to be told')
    .input(
      z
        .object({
          mail: NotificationPreferences.shape.mail.partial().optional(),
          digestHour: NotificationPreferences.shape.digestHour.optional(),
          digestDay: NotificationPreferences.shape.digestDay.optional(),
          timeZone: TimeZone.optional(),
          quiet: NotificationPreferences.shape.quiet.optional(),
        })
        .strict(),
    )
    .output(KeptPreferences),
  sendDigest: route('POST', '/notifications/digest', 'Send what waits for my next digest now')
    .input(z.object({}).strict().default({}))
    .output(
      z.object({
        /** How many messages are on their way. */
        letters: z.number().int(),
      }),
    ),
  /** One click of a mail program (RFC 8058): without a session, by the address alone. */
  unsubscribe: route('POST', '/notifications/unsubscribe/{stopKey}', 'Stop one kind of letter')
    .input(z.object({ stopKey: z.string().max(400) }).strict())
    .output(z.object({ stopped: z.array(z.enum(MAILED)) })),
  watches: {
    workspaces: watchOf('workspaces', WorkspaceId),
    documents: watchOf('documents', DocumentId),
    threads: watchOf('threads', Id),
  },
};
