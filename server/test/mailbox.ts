import type { AddressInfo } from 'node:net';
import PostalMime from 'postal-mime';
import { SMTPServer } from 'smtp-server';
import { until } from './harness.ts';

/** A letter as it came over SMTP: `raw` as it was sent, `text` all of it with its transfer encoding undone. */
export type Received = {
  readonly raw: string;
  readonly text: string;
  readonly to: string;
  readonly subject: string;
  readonly messageId: string;
  /** Its two parts. */
  readonly plain: string;
  readonly html: string;
  header(name: string): string | undefined;
};

/** What becomes of a letter whose bytes have come: it is taken, or this error is answered. */
export type Verdict = 'take' | Error;

/** A mail server that keeps what it gets. */
export type Mailbox = {
  /** What SMTP_URL is set to. */
  readonly url: string;
  /** Those that were taken. */
  readonly received: readonly Received[];
  /** What the next letters meet, one each; after these every letter is taken. */
  readonly verdicts: ((letter: Received) => Verdict | Promise<Verdict>)[];
  to(address: string): readonly Received[];
  /** The newest letter to an address that holds `what`, once there are `count` of them. */
  letterTo(address: string, what: string | RegExp, count?: number): Promise<Received>;
  /** The secret in the newest letter to an address whose link opens this page. */
  secretFor(address: string, page: string, count?: number): Promise<string>;
  stop(): Promise<void>;
};

/** Undoes quoted-printable (RFC 2045 §6.7), which is how letters with accents travel. */
const decoded = (raw: string): string => {
  const bytes = raw
    .replace(/=\r?\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
};

async function read(bytes: Buffer): Promise<Received> {
  const raw = bytes.toString('latin1');
  const mail = await PostalMime.parse(bytes);
  return {
    raw,
    text: decoded(raw),
    to: mail.to?.[0]?.address ?? '',
    subject: mail.subject ?? '',
    messageId: mail.messageId ?? '',
    plain: mail.text ?? '',
    html: mail.html ?? '',
    header: (name) => mail.headers.find(({ key }) => key === name.toLowerCase())?.value,
  };
}

/** Starts a mail server on a free port. */
export async function startMailbox(): Promise<Mailbox> {
  const received: Received[] = [];
  const verdicts: Mailbox['verdicts'] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onData: (stream, _session, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        read(Buffer.concat(chunks)).then(async (letter) => {
          const verdict = await (verdicts.shift()?.(letter) ?? 'take');
          if (verdict !== 'take') return done(verdict);
          received.push(letter);
          done();
        }, done);
      });
    },
  });
  // Who is killed leaves a socket in the middle of a letter.
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as AddressInfo;
  const letterTo: Mailbox['letterTo'] = (address, what, count = 1) =>
    until(`letter ${count} to ${address} with ${what}`, () => {
      const found = received.filter(
        ({ raw, text }) =>
          raw.includes(`To: ${address}\r\n`) && (typeof what === 'string' ? text.includes(what) : what.test(text)),
      );
      return found.length >= count ? found.at(-1) : undefined;
    });
  return {
    url: `smtp://127.0.0.1:${port}`,
    received,
    verdicts,
    to: (address) => received.filter(({ to }) => to === address),
    letterTo,
    secretFor: async (address, page, count) => {
      const { text } = await letterTo(address, `${page}#`, count);
      const secret = text.slice(text.indexOf(`${page}#`) + page.length + 1).match(/^[A-Za-z0-9_-]{43}/)?.[0];
      if (secret === undefined) throw new Error(`the link to ${page} holds no secret`);
      return secret;
    },
    stop: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}
