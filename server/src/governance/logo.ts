import { Problem } from '@concert/contract';
import { LETTERHEAD, LOGO_SIZES, mayBeLogo } from '@concert/domain/governance/letterhead.ts';
import type { Logo } from '../platform/bodies.ts';
import { imageTools, LIMIT_INPUT, refuseTooMany } from '../platform/files/images.ts';

const REFUSED_AS = { 'logo-too-big': 'PAYLOAD_TOO_LARGE', 'logo-type': 'UNSUPPORTED_MEDIA_TYPE' } as const;

/**
 * [G21] Draws a logo anew, so small that it can be kept in the record of its body: nothing of the file survives but what
 * it shows.
 * @throws Problem `logo-too-big`, `logo-type`, `unreadable-image` or `too-many-pixels`
 */
export async function drawLogo(given: Uint8Array): Promise<Logo> {
  const { fileTypeFromBuffer, sharp } = await imageTools();
  const verdict = mayBeLogo(given.length, (await fileTypeFromBuffer(given))?.mime);
  if (!verdict.ok) throw new Problem(REFUSED_AS[verdict.reason], verdict.reason);
  await refuseTooMany(given, false);
  try {
    for (const size of LOGO_SIZES) {
      // Cameras write which way is up into the EXIF data, which is about to go.
      const image = sharp(given, LIMIT_INPUT)
        .rotate()
        .resize({ ...size, fit: 'inside', withoutEnlargement: true });
      for (const palette of [false, true]) {
        const { data, info } = await image
          .clone()
          .png({ compressionLevel: 9, palette })
          .toBuffer({ resolveWithObject: true });
        if (data.length <= LETTERHEAD.keptBytes) return { bytes: data, width: info.width, height: info.height };
      }
    }
  } catch (cause) {
    throw new Problem('UNSUPPORTED_MEDIA_TYPE', 'unreadable-image', { cause });
  }
  throw new Error('a logo is too large in its smallest size');
}
