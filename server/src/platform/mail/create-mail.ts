import { createHash } from 'node:crypto';
import type { Db } from 'mongodb';
import { createTransport } from 'nodemailer';
import type { Config } from '../config.ts';
import type { Log } from '../log.ts';
import { isDuplicate } from '../mongo/errors.ts';
import type { Ports } from '../ports.ts';
import type { Letter, Mail } from './mail.ts';

type MailDoc = {
  _id: string;
  messageHash: string;
  to: string;
  subject: string;
  text: string;
  html: string;
  sentAt: Date;
};

/** How long a mail server may take before the letter is tried again later, in milliseconds. */
const SMTP_TIMEOUT_MS = 15_000;

function smtp(config: Config, url: string): (letter: Letter) => Promise<void> {
  const transport = createTransport(
    { url, connectionTimeout: SMTP_TIMEOUT_MS, greetingTimeout: SMTP_TIMEOUT_MS, socketTimeout: SMTP_TIMEOUT_MS },
    { from: config.mailFrom },
  );
  // Nothing a letter says may make the server read a file or fetch an address.
  const safe = { disableFileAccess: true, disableUrlAccess: true };
  return async ({ messageId, calendar, ...letter }) => {
    const icalEvent = calendar === undefined ? {} : { icalEvent: { ...calendar, filename: 'meeting.ics' } };
    await transport.sendMail({ ...letter, ...icalEvent, ...safe, messageId: `<${messageId}@concert>` });
  };
}

/** Letters go to SMTP_URL; without one they are kept for the demonstration's page, or their outline is logged. */
export function createMail({ db, config, log, ports }: { db: Db; config: Config; log: Log; ports: Ports }): Mail {
  const mails = db.collection<MailDoc>('mails');
  const relay = config.smtpUrl === undefined ? undefined : smtp(config, config.smtpUrl);
  const keep = async ({ messageId, headers: _, calendar: __, ...letter }: Letter): Promise<void> => {
    const messageHash = createHash('sha256').update(messageId).digest('base64url');
    try {
      await mails.insertOne({ _id: ports.newId(), messageHash, ...letter, sentAt: ports.now() });
    } catch (error) {
      if (!isDuplicate(error)) throw error;
    }
  };
  return {
    delivers: relay !== undefined || config.demo,
    send: async (letter) => {
      if (relay !== undefined) return relay(letter);
      if (config.demo) return keep(letter);
      // Neither recipient nor text: a log is not a place for addresses and links that open doors.
      log.warn({ messageId: letter.messageId }, 'a mail was not sent: SMTP_URL is not set');
    },
    kept: async ({ limit, before }) => {
      const filter = before === undefined ? {} : { _id: { $lt: before } };
      const docs = await mails.find(filter).sort({ _id: -1 }).limit(limit).toArray();
      return docs.map(({ _id, messageHash: _hash, ...letter }) => ({ id: _id, ...letter }));
    },
    indexes: { mails: [{ key: { messageHash: 1 }, unique: true }] },
  };
}
