import { Problem } from '@concert/contract';
import type { IMAGE_TYPES } from '@concert/domain/files/api.ts';
import type { Sharp } from 'sharp';

/** Pixels of an image, all frames of an animation together: what decoding it may cost. */
const MAX_PIXELS = 50_000_000;
/** How an image is read that somebody has sent. */
export const LIMIT_INPUT = { limitInputPixels: MAX_PIXELS, failOn: 'error' } as const;
const MAX_FRAMES = 500;
const SECONDS = 15;

type ImageType = (typeof IMAGE_TYPES)[number];
export type CleanImage = {
  readonly bytes: Uint8Array;
  readonly type: ImageType;
  readonly width: number;
  readonly height: number;
};

/** How each accepted type is written again. Only what the picture shows survives: no EXIF, no trailing bytes. */
const WRITE: Readonly<Record<ImageType, (image: Sharp) => Sharp>> = {
  'image/png': (image) => image.png(),
  'image/jpeg': (image) => image.jpeg({ quality: 88 }),
  'image/webp': (image) => image.webp({ quality: 88 }),
  'image/gif': (image) => image.gif(),
};

/** Read with the first image, not with the start of the server. */
export const imageTools = async () => {
  const [{ fileTypeFromBuffer }, { default: sharp }] = await Promise.all([import('file-type'), import('sharp')]);
  return { fileTypeFromBuffer, sharp };
};

const isImageType = (mime: string | undefined): mime is ImageType => mime !== undefined && mime in WRITE;

/**
 * Reads the type from the content and writes the image anew.
 * @throws Problem UNSUPPORTED_MEDIA_TYPE for anything that is not an accepted image, `unreadable-image` when it cannot
 * be decoded, PAYLOAD_TOO_LARGE `too-many-pixels`
 */
export async function cleanImage(bytes: Uint8Array): Promise<CleanImage> {
  const { fileTypeFromBuffer, sharp } = await imageTools();
  const type = (await fileTypeFromBuffer(bytes))?.mime;
  if (!isImageType(type)) throw new Problem('UNSUPPORTED_MEDIA_TYPE', 'unsupported-type');
  const animated = type === 'image/gif' || type === 'image/webp';
  await refuseTooMany(bytes, animated);
  try {
    const image = sharp(bytes, { animated, ...LIMIT_INPUT });
    // Cameras write which way is up into the EXIF data, which is about to go.
    const upright = animated ? image : image.rotate();
    const { data, info } = await WRITE[type](upright.timeout({ seconds: SECONDS })).toBuffer({
      resolveWithObject: true,
    });
    return { bytes: data, type, width: info.width, height: info.pageHeight ?? info.height };
  } catch (cause) {
    throw new Problem('UNSUPPORTED_MEDIA_TYPE', 'unreadable-image', { cause });
  }
}

/**
 * Reads the header alone, so that a bomb is refused before a pixel is decoded.
 * @throws Problem UNSUPPORTED_MEDIA_TYPE `unreadable-image`, PAYLOAD_TOO_LARGE `too-many-pixels`
 */
export async function refuseTooMany(bytes: Uint8Array, animated: boolean): Promise<void> {
  const { sharp } = await imageTools();
  const { width, height, pages } = await sharp(bytes, { animated, limitInputPixels: false })
    .metadata()
    .catch((cause) => {
      throw new Problem('UNSUPPORTED_MEDIA_TYPE', 'unreadable-image', { cause });
    });
  if (width * height > MAX_PIXELS || (pages ?? 1) > MAX_FRAMES)
    throw new Problem('PAYLOAD_TOO_LARGE', 'too-many-pixels');
}
