import { CLOSE } from '@concert/contract';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { act, renderHook, waitFor } from '@testing-library/react';
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import * as syncProtocol from 'y-protocols/sync';
import * as Y from 'yjs';

/** The longest message that the server of these tests takes. */
const LONGEST = 2_000;
const SYNC = 0;
const STEP_1 = 0;

/** What the other end of every socket holds, and the lengths of what came. */
let held: Y.Doc;
let arrived: number[];

/** A WebSocket with a server behind it that closes over messages that are too long, as `/sync` does. */
class ServerSocket {
  static readonly OPEN = 1;
  readonly OPEN = 1;
  readonly url: string;
  binaryType = 'arraybuffer';
  readyState = 0;
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: Uint8Array }) => void) | null = null;
  onclose: ((event: { code: number; reason: string }) => void) | null = null;
  onerror: (() => void) | null = null;

  constructor(url: string) {
    this.url = url;
    queueMicrotask(() => {
      this.readyState = 1;
      this.onopen?.();
    });
  }

  send(frame: Uint8Array): void {
    arrived.push(frame.length);
    queueMicrotask(() => this.#receive(frame));
  }

  close(): void {
    this.readyState = 3;
  }

  #receive(frame: Uint8Array): void {
    if (this.readyState !== 1) return;
    if (frame.length > LONGEST) {
      this.readyState = 3;
      this.onclose?.({ code: CLOSE.tooBig, reason: 'message too big' });
      return;
    }
    const decoder = decoding.createDecoder(frame);
    if (decoding.readVarUint(decoder) !== SYNC) return;
    const asks = decoder.arr[decoder.pos] === STEP_1;
    const answer = encoding.createEncoder();
    encoding.writeVarUint(answer, SYNC);
    syncProtocol.readSyncMessage(decoder, answer, held, this);
    if (!asks) return;
    this.onmessage?.({ data: encoding.toUint8Array(answer) });
    const question = encoding.createEncoder();
    encoding.writeVarUint(question, SYNC);
    syncProtocol.writeSyncStep1(question, held);
    this.onmessage?.({ data: encoding.toUint8Array(question) });
  }
}

const paragraph = (text: string): Y.XmlElement => {
  const element = new Y.XmlElement('paragraph');
  element.insert(0, [new Y.XmlText(text)]);
  return element;
};

const me = { id: 'ada', name: 'Ada Martin', color: '#0b6b68' };
const { setItem } = Storage.prototype;
const { WebSocket: browsers } = globalThis;

/** Opens the document in a page that may write. */
async function openPage() {
  Object.assign(globalThis, { WebSocket: ServerSocket });
  const { useRoom } = await import('./use-room.ts');
  const options = {
    documentId: 'waits',
    me,
    mayWrite: true,
    stillReads: () => Promise.resolve(true),
    onAccessChanged: () => undefined,
  };
  const page = renderHook(() => useRoom(options));
  await waitFor(() => expect(page.result.current.state.ready).toBe(true));
  return page;
}

const write = (room: { body: Y.XmlFragment } | undefined, text: string): void =>
  act(() => room?.body.insert(0, [paragraph(text)]));

/** Whether the browser would ask before it leaves the page. */
const asksBeforeLeaving = (): boolean => !window.dispatchEvent(new Event('beforeunload', { cancelable: true }));

beforeEach(() => {
  held = new Y.Doc();
  held.getXmlFragment('body').insert(0, [paragraph('What everybody reads.')]);
  arrived = [];
  localStorage.clear();
});
afterEach(() => {
  Storage.prototype.setItem = setItem;
  Object.assign(globalThis, { WebSocket: browsers });
  held.destroy();
});

describe('text that is too big for the server', () => {
  const LONG = 'x'.repeat(LONGEST);

  test('is kept for its writer and not sent again, and the document opens as the others see it', async () => {
    const { result, unmount } = await openPage();
    const { room } = result.current;
    write(room, LONG);
    await waitFor(() => expect(result.current.recovered?.reason).toBe('too-big'));
    expect(result.current.recovered?.passages.body).toEqual([LONG, 'What everybody reads.']);
    await waitFor(() => expect(result.current.room?.doc.guid ?? room?.doc.guid).not.toBe(room?.doc.guid));
    await waitFor(() => expect(result.current.state.ready).toBe(true));
    expect(result.current.room?.body.toString()).toBe('<paragraph>What everybody reads.</paragraph>');
    expect(result.current.state.refusal).toBeUndefined();
    write(result.current.room, 'Shorter.');
    await waitFor(() => expect(held.getXmlFragment('body').toString()).toContain('Shorter.'));
    expect(arrived.filter((length) => length > LONGEST)).toHaveLength(1);
    unmount();
    const { result: later, unmount: leave } = await openPage();
    expect(later.current.recovered?.passages.body).toContain(LONG);
    leave();
  });

  test('is not left without a question when the browser has no room to keep it over a reload', async () => {
    const { result, unmount } = await openPage();
    Storage.prototype.setItem = () => {
      throw new DOMException('full', 'QuotaExceededError');
    };
    write(result.current.room, LONG);
    await waitFor(() => expect(result.current.recovered?.reason).toBe('too-big'));
    await waitFor(() => expect(result.current.state.saved).toBe('saved'));
    expect(result.current.recovered?.passages.body).toContain(LONG);
    expect(asksBeforeLeaving()).toBe(true);
    act(() => result.current.forgetRecovered());
    expect(asksBeforeLeaving()).toBe(false);
    unmount();
  });
});
