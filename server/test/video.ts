import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SignJWT } from 'jose';

export const SECRETS = {
  jitsi: 'a secret of the tests for Jitsi',
  bbb: 'a secret of the tests for BigBlueButton',
  livekit: 'a secret of the tests for LiveKit, which is long',
};

/** A call to BigBlueButton, with its parameters and without its checksum. */
export type BbbCall = { readonly name: string; readonly parameters: Readonly<Record<string, string>> };

/** The calls of BigBlueButton's interface as its server answers them: signed ones alone. Some of its parts may be broken. */
export async function startBbb() {
  const calls: BbbCall[] = [];
  const broken = { create: false, hooks: false };
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '', 'http://bbb');
    const name = url.pathname.replace('/bigbluebutton/api/', '');
    const [query = '', checksum] = url.search.slice(1).split('&checksum=');
    const good = createHash('sha256').update(`${name}${query}${SECRETS.bbb}`).digest('hex') === checksum;
    const works = name === 'create' ? !broken.create : !broken.hooks;
    if (good) calls.push({ name, parameters: Object.fromEntries(new URLSearchParams(query)) });
    const failed = `<messageKey>${good ? 'broken' : 'checksumError'}</messageKey>`;
    response
      .setHeader('content-type', 'text/xml')
      .end(
        good && works
          ? '<response><returncode>SUCCESS</returncode><createTime>1531155809613</createTime></response>'
          : `<response><returncode>FAILED</returncode>${failed}</response>`,
      );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/bigbluebutton/`,
    calls,
    broken,
    stop: () => {
      server.closeAllConnections();
      return new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
export type FakeBbb = Awaited<ReturnType<typeof startBbb>>;

/** All providers at once. */
export const videoEnv = (bbbUrl: string): Record<string, string> => ({
  ...{ JITSI_URL: 'https://jitsi.test.example', JITSI_APP_ID: 'concert', JITSI_SECRET: SECRETS.jitsi },
  ...{ BBB_URL: bbbUrl, BBB_SECRET: SECRETS.bbb },
  ...{ LIVEKIT_URL: 'wss://livekit.test.example', LIVEKIT_PAGE: 'https://meet.test.example/custom' },
  ...{ LIVEKIT_API_KEY: 'APIconcert', LIVEKIT_API_SECRET: SECRETS.livekit },
});

export type Signing = {
  readonly secret?: string;
  readonly issuer?: string;
  readonly of?: string;
  readonly endsAt?: number;
};

/** What LiveKit sends, as its own code signs it. */
export async function fromLiveKit(
  event: object,
  { secret = SECRETS.livekit, issuer = 'APIconcert', of, endsAt }: Signing = {},
) {
  const body = JSON.stringify({ id: `EV_${Math.random()}`, createdAt: '1735689600', ...event });
  const now = Math.floor(Date.now() / 1_000);
  const token = await new SignJWT({
    sha256: createHash('sha256')
      .update(of ?? body)
      .digest('base64'),
  })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setIssuer(issuer)
    .setNotBefore(now - 400)
    .setExpirationTime(endsAt ?? now + 300)
    .sign(new TextEncoder().encode(secret));
  return { body, token };
}
