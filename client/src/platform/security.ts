import { z } from 'zod';

// zod would otherwise probe `new Function`, which the content security policy refuses and reports.
z.config({ jitless: true });

declare global {
  interface Window {
    /** Read by the libraries that lock scrolling and add a style element of their own. */
    __webpack_nonce__?: string;
  }
}

/** The nonce that this response's content security policy gave to style elements; empty in development. */
export function styleNonce(): string {
  const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? '';
  return nonce === '__CSP_NONCE__' ? '' : nonce;
}

window.__webpack_nonce__ = styleNonce();
