import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { RequestHandler } from 'express';
import express from 'express';

const DIST = fileURLToPath(new URL('../../../../client/dist', import.meta.url));

/** Reads the built page once; null when the client has not been built (tests of the interface alone). */
function readPage(): string | null {
  try {
    return readFileSync(join(DIST, 'index.html'), 'utf8');
  } catch (error) {
    // Not `instanceof Error`: a test runner hands in errors of another realm.
    if (typeof error === 'object' && error !== null && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

/** The built browser client: hashed assets for a year, the page itself for every other address a person may open. */
export function clientFiles(): RequestHandler[] {
  const page = readPage();
  const assets = express.static(DIST, {
    index: false,
    fallthrough: true,
    setHeaders: (response, path) => {
      response.setHeader(
        'Cache-Control',
        path.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
      );
    },
  });
  const anyPage: RequestHandler = (request, response, next) => {
    if (
      page === null ||
      (request.method !== 'GET' && request.method !== 'HEAD') ||
      request.path.startsWith('/assets/') ||
      request.accepts('html') === false
    )
      return next();
    // Every address of the client answers the same page; its scripts decide what to show.
    response.setHeader('Cache-Control', 'no-store');
    response.type('html').send(page.replaceAll('__CSP_NONCE__', String(response.locals.nonce)));
  };
  return [assets, anyPage];
}
