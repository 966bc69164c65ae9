import { TestEnvironment } from 'jest-environment-jsdom';

const NODE_GLOBALS = [
  'Response',
  'Headers',
  'FormData',
  'Blob',
  'File',
  'ReadableStream',
  'WritableStream',
  'TransformStream',
  'TextEncoder',
  'TextDecoder',
  'TextDecoderStream',
  'structuredClone',
  'BroadcastChannel',
];

/** Node's fetch only knows Node's signals, jsdom's events only jsdom's: the page keeps its own, and they are joined here. */
function joined(init) {
  if (!init?.signal) return init;
  const { signal: asked, ...rest } = init;
  const control = new AbortController();
  if (asked.aborted) control.abort(asked.reason);
  asked.addEventListener('abort', () => control.abort(asked.reason));
  return { ...rest, signal: control.signal };
}

class BrowserRequest extends Request {
  constructor(input, init) {
    super(input, joined(init));
  }
}

/** jsdom with the network of Node, and `visit(url)` to say which origin the page under test was served from. */
export default class BrowserEnvironment extends TestEnvironment {
  async setup() {
    await super.setup();
    for (const name of NODE_GLOBALS) this.global[name] = globalThis[name];
    this.global.Request = BrowserRequest;
    this.global.fetch = (input, init) => fetch(input, joined(init)).catch((error) => this.#fail(error));
    this.global.visit = (url) => this.dom.reconfigure({ url });
  }

  /** A failed request throws the page's own TypeError, as in a browser. */
  #fail(error) {
    throw error.name === 'TypeError' ? new this.global.TypeError(error.message, { cause: error }) : error;
  }
}
