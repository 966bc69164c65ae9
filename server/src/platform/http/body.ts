import type { Request, RequestHandler, Response } from 'express';
import { ONE_CLICK_PATH, SERVER_CALLS_PATH } from './guards.ts';
import { readJson } from './json-text.ts';
import { sendProblem } from './problems.ts';

/** JSON bodies are small; only uploads are not. */
const MAX_JSON_BYTES = 1024 * 1024;
const MAX_AUTH_BYTES = 16 * 1024;
const MAX_FORM_BYTES = 4 * 1024;
const MAX_CALL_BYTES = 64 * 1024;
/** From the headers of a request to the end of its body, in milliseconds; a body of JSON is one packet or a few. */
const JSON_MS = 8_000;
/** An upload may take as long as a request may; but not be silent for longer than this. */
const UPLOAD_SILENCE_MS = 10_000;

type Read = { readonly bytes: Buffer } | { readonly refused: 'too-big' | 'too-slow' | 'gone' };

/** Reads a body of at most `limit` bytes; what comes after a refusal is thrown away by Node, unread. */
function readBytes(request: Request, limit: number): Promise<Read> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const end = (read: Read): void => {
      clearTimeout(timer);
      request.off('data', take).off('end', done).off('close', gone);
      resolve(read);
    };
    const take = (chunk: Buffer): void => {
      size += chunk.length;
      chunks.push(chunk);
      if (size > limit) end({ refused: 'too-big' });
    };
    const done = (): void => end({ bytes: Buffer.concat(chunks) });
    const gone = (): void => end({ refused: 'gone' });
    const timer = setTimeout(() => end({ refused: 'too-slow' }), JSON_MS);
    request.on('data', take).on('end', done).on('close', gone);
  });
}

/** Answers 408 and hangs up: who sends a byte now and then holds a socket, and is not to hold it for longer. */
function tooSlow(response: Response): void {
  response.setHeader('Connection', 'close');
  const code = 'REQUEST_TIMEOUT';
  response.status(408).json({ code, status: 408, message: `${code}: too-slow`, data: { reason: 'too-slow' } });
  response.once('finish', () => response.socket?.destroy());
}

/** The bytes of a body; null when it was refused, and the answer sent. */
async function taken(request: Request, response: Response, limit: number): Promise<Buffer | null> {
  const told = Number(request.headers['content-length'] ?? 0);
  const read: Read = told > limit ? { refused: 'too-big' } : await readBytes(request, limit);
  if ('bytes' in read) return read.bytes;
  if (read.refused === 'too-big') sendProblem(response, 'PAYLOAD_TOO_LARGE', 'too-big');
  if (read.refused === 'too-slow') tooSlow(response);
  return null;
}

async function parse(request: Request, response: Response, limit: number): Promise<boolean> {
  const bytes = await taken(request, response, limit);
  if (bytes === null) return false;
  try {
    // What is there already is not read again by whoever serves the route.
    request.body = readJson(bytes);
    return true;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    sendProblem(response, 'BAD_REQUEST', 'invalid-input');
    return false;
  }
}

/** What a mail program sends with its one click, as a form of either kind (RFC 8058 3.2). */
async function oneClick(request: Request, response: Response): Promise<boolean> {
  const bytes = await taken(request, response, MAX_FORM_BYTES);
  if (bytes === null) return false;
  request.body = {};
  if (bytes.includes('One-Click')) return true;
  sendProblem(response, 'BAD_REQUEST', 'invalid-input');
  return false;
}

/** What another server says, as it came: its signature covers the bytes. */
async function asItCame(request: Request, response: Response): Promise<boolean> {
  const bytes = await taken(request, response, MAX_CALL_BYTES);
  if (bytes === null) return false;
  request.body = { raw: bytes.toString('utf8') };
  return true;
}

const hasBody = ({ headers }: Request): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;

/**
 * Reads the bodies of the API: JSON in UTF-8, at most 1 MB of it (16 kB for accounts), within 8 s. Compressed bodies
 * are refused: a few bytes would be many. Uploads are left to their route, but not to wait in silence.
 */
export const bodies: RequestHandler = (request, response, next) => {
  if (!hasBody(request)) return next();
  const coding = request.headers['content-encoding'];
  if (coding !== undefined && coding !== 'identity')
    return sendProblem(response, 'UNSUPPORTED_MEDIA_TYPE', 'unsupported-type');
  const read = (reading: Promise<boolean>): void =>
    void reading.then((done) => {
      if (done) next();
    }, next);
  if (request.path.startsWith(SERVER_CALLS_PATH)) return read(asItCame(request, response));
  if (request.path.startsWith(ONE_CLICK_PATH) && !request.is('application/json'))
    return read(oneClick(request, response));
  if (request.is('multipart/form-data')) {
    request.setTimeout(UPLOAD_SILENCE_MS, () => request.destroy());
    return next();
  }
  if (!request.is('application/json')) return next();
  const limit = request.path.startsWith('/auth/') ? MAX_AUTH_BYTES : MAX_JSON_BYTES;
  read(parse(request, response, limit));
};
