import { randomBytes } from 'node:crypto';
import { LETTERHEAD } from '@concert/domain/governance/letterhead.ts';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import sharp from 'sharp';
import { startApp, type TestApp, type TestPerson } from '../../test/harness.ts';
import { claimingPng } from '../../test/images.ts';

let app: TestApp;
let secretary: TestPerson;
let member: TestPerson;
beforeAll(async () => {
  app = await startApp();
  secretary = await app.as('secretary', { platformRole: 'secretariat' });
  member = await app.as('member');
});
afterAll(() => app.stop());

const refused = (status: number, reason: string) => ({ status, data: expect.objectContaining({ reason }) });
const LINES = ['Region', 'Board of innovation'];

const founded = async (): Promise<string> =>
  (await secretary.api.governance.create({ name: 'Board', kind: 'board' })).id;

const plain = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 4, background: '#1864ab' } });

/** The bytes of a logo as a page gets it. */
const bytesOf = (url: string): Buffer => Buffer.from(url.replace('data:image/png;base64,', ''), 'base64');

const set = (id: string, logo?: Uint8Array | null, lines = LINES) =>
  secretary.api.governance.setLetterhead({
    id,
    lines,
    ...(logo === undefined ? {} : { logo: logo === null ? null : Buffer.from(logo).toString('base64') }),
  });

describe('letterheads', () => {
  test('[G20] a body has none until the secretariat sets one; members see it, guests and strangers to it do not', async () => {
    const { governance } = member.api;
    const id = await founded();
    expect(await governance.letterhead({ id })).toEqual({ lines: [] });
    await expect(governance.setLetterhead({ id, lines: ['Mine'] })).rejects.toMatchObject(
      refused(403, 'secretariat-only'),
    );
    await set(id, undefined, ['  Region  of  tests ', '', 'Board']);
    expect(await governance.letterhead({ id })).toEqual({ lines: ['Region of tests', 'Board'] });
    const guest = await app.as('guest', { platformRole: 'guest' });
    for (const unseen of [guest.api.governance.letterhead({ id }), governance.letterhead({ id: 'nothing' })])
      await expect(unseen).rejects.toMatchObject(refused(404, 'not-found'));
    await expect(guest.api.governance.setLetterhead({ id, lines: [] })).rejects.toMatchObject(
      refused(404, 'not-found'),
    );
  });

  test('[G20] five lines of 120 characters, and no more', async () => {
    const id = await founded();
    await set(
      id,
      null,
      Array.from({ length: 5 }, () => 'x'.repeat(120)),
    );
    for (const lines of [['x'.repeat(121)], Array.from({ length: 6 }, () => 'x')])
      await expect(set(id, null, lines)).rejects.toMatchObject({ status: 400 });
    expect((await member.api.governance.letterhead({ id })).lines).toHaveLength(5);
  });

  test('[G20] a logo stays while lines change, and is taken away when it is to be', async () => {
    const id = await founded();
    const logo = await plain(90, 30).png().toBuffer();
    const kept = (await set(id, logo)).logo;
    expect(kept).toMatchObject({ width: 90, height: 30 });
    expect(await set(id, undefined, ['Other'])).toEqual({ lines: ['Other'], logo: kept });
    expect(await set(id, null)).toEqual({ lines: LINES });
    expect(await set(id, null, [])).toEqual({ lines: [] });
  });

  test('[G20] others ask for it by the body, and for the name alone where there is none', async () => {
    const { bodies } = app.app.platform;
    const id = await founded();
    expect(await bodies.letterheadOf(id)).toEqual({ body: 'Board', lines: [] });
    await set(id, await plain(90, 30).png().toBuffer());
    const { logo, ...rest } = (await bodies.letterheadOf(id)) ?? {};
    expect(rest).toEqual({ body: 'Board', lines: LINES });
    expect(await sharp(logo?.bytes).metadata()).toMatchObject({ format: 'png', width: 90, height: 30 });
    expect(await bodies.letterheadOf('nothing')).toBeNull();
  });

  test('[G21] nothing else that is read of bodies carries it', async () => {
    const id = await founded();
    await set(id, await plain(600, 200).png().toBuffer(), ['Canary of the letterhead']);
    const { governance } = secretary.api;
    const said = await Promise.all([
      governance.get({ id }),
      governance.list({ limit: 200 }),
      governance.update({ id, name: 'Renamed' }),
      app.app.platform.bodies.all(),
      app.app.platform.bodies.byIds([id]).then((found) => [...found.values()]),
    ]);
    expect(JSON.stringify(said)).not.toMatch(/letterhead|Canary/);
    expect((await governance.letterhead({ id })).lines).toEqual(['Canary of the letterhead']);
  });
});

describe('logos', () => {
  test('[G21] are drawn anew: small, as PNG, and nothing is left of what a camera told or what hangs behind', async () => {
    const id = await founded();
    const photo = await plain(3_000, 1_000)
      .jpeg()
      .withExif({ IFD0: { Artist: 'Secret place' } })
      .toBuffer();
    const { logo } = await set(id, Buffer.concat([photo, Buffer.from('<script>alert(1)</script>')]));
    expect(logo).toMatchObject({ width: 600, height: 200 });
    const bytes = bytesOf(logo?.url ?? '');
    expect(await sharp(bytes).metadata()).toMatchObject({ format: 'png', width: 600, height: 200 });
    expect(bytes.includes('Secret place') || bytes.includes('<script>')).toBe(false);
  });

  test('[G21] one that does not get small enough is made of fewer colours, then smaller', async () => {
    const id = await founded();
    const noise = sharp(randomBytes(600 * 200 * 3), { raw: { width: 600, height: 200, channels: 3 } });
    const { logo } = await set(id, await noise.jpeg({ quality: 60 }).toBuffer());
    expect(bytesOf(logo?.url ?? '').length).toBeLessThanOrEqual(LETTERHEAD.keptBytes);
    expect(logo?.width).toBeGreaterThanOrEqual(300);
  });

  test.each([
    ['an SVG with a script', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')],
    [
      'an SVG behind the declaration of XML',
      Buffer.from('<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>'),
    ],
    ['a page', Buffer.from('<!doctype html><script>alert(1)</script>')],
    ['a PDF', Buffer.from('%PDF-1.7\n1 0 obj')],
    ['nothing', Buffer.alloc(0)],
  ])('[G21] %s is refused by its content', async (_what, bytes) => {
    await expect(set(await founded(), bytes)).rejects.toMatchObject(refused(415, 'logo-type'));
  });

  test('[G21] a GIF, a WebP, half a PNG and one of too many pixels or bytes are refused, and the old one stays', async () => {
    const id = await founded();
    const { logo } = await set(id, await plain(30, 10).png().toBuffer());
    const [gif, webp, png] = await Promise.all([
      plain(30, 10).gif().toBuffer(),
      plain(30, 10).webp().toBuffer(),
      plain(300, 100).png().toBuffer(),
    ]);
    for (const other of [gif, webp]) await expect(set(id, other)).rejects.toMatchObject(refused(415, 'logo-type'));
    await expect(set(id, png.subarray(0, 60))).rejects.toMatchObject(refused(415, 'unreadable-image'));
    await expect(set(id, claimingPng(50_000, 50_000))).rejects.toMatchObject(refused(413, 'too-many-pixels'));
    const large = Buffer.concat([png, Buffer.alloc(LETTERHEAD.givenBytes)]);
    await expect(set(id, large)).rejects.toMatchObject(refused(413, 'logo-too-big'));
    const answer = await secretary.fetch(`/api/bodies/${id}/letterhead`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ lines: [], logo: 'data:image/png;base64,AAAA' }),
    });
    expect(answer.status).toBe(400);
    expect(await member.api.governance.letterhead({ id })).toEqual({ lines: LINES, logo });
  });
});
