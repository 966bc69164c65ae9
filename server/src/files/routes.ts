import { Problem } from '@concert/contract';
import type { StoredFile } from '@concert/domain/files/api.ts';
import { filesApi, MAX_FILE_BYTES } from '@concert/domain/files/api.ts';
import { implement } from '@orpc/server';
import { cleanImage } from '../platform/files/images.ts';
import { disposition, safeName } from '../platform/files/names.ts';
import type { Context } from '../platform/http/route.ts';
import { requireActorWithinLimits } from '../platform/http/route.ts';
import type { Platform } from '../platform/module.ts';

const EXTENSION: Readonly<Record<string, string>> = {
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/webp': 'webp',
  'image/gif': 'gif',
};

/** The last segment of a path in either notation, without its extension. */
const stemOf = (name: string): string => (name.split(/[/\\]/).at(-1) ?? '').replace(/\.[^.]*$/, '');

/** Uploads into documents, and reading them: every read asks again whether the reader may see the document. */
export function fileRoutes({ access, files }: Platform) {
  const os = implement(filesApi).$context<Context>().use(requireActorWithinLimits);
  return os.router({
    upload: os.upload.handler(async ({ input, context }): Promise<StoredFile> => {
      const subject = { kind: 'document', id: input.id } as const;
      await access.require(context.actor, 'file.upload', subject);
      if (input.file.size > MAX_FILE_BYTES) throw new Problem('PAYLOAD_TOO_LARGE', 'too-big');
      const image = await cleanImage(await input.file.bytes());
      const name = safeName(stemOf(input.file.name), EXTENSION[image.type] ?? 'bin', 'image');
      const { width, height, type } = image;
      // Decoding takes a moment in which the right may have gone.
      await access.require(context.actor, 'file.upload', subject);
      const meta = { documentId: input.id, personId: context.actor.personId, name, type, width, height };
      const { id, size } = await files.put(image.bytes, meta);
      return { id, url: `/api/files/${id}`, name, type, size, width, height };
    }),
    read: os.read.handler(async ({ input, context }) => {
      const known = await files.meta(input.id);
      const subject = { kind: 'document', id: known?.meta.documentId ?? '' } as const;
      const standing = known === null ? null : await access.standing(context.actor, subject);
      const file = standing === null ? null : await files.get(input.id);
      if (file === null) throw new Problem('NOT_FOUND', 'not-found');
      return {
        headers: {
          'cache-control': 'private, no-store',
          'x-content-type-options': 'nosniff',
          'content-security-policy': "sandbox; default-src 'none'",
          'cross-origin-resource-policy': 'same-origin',
          'content-disposition': disposition('inline', file.meta.name),
        },
        body: new Blob([new Uint8Array(file.bytes)], { type: file.meta.type }),
      };
    }),
  });
}
