/** Encrypted content encoding for HTTP (RFC 8188), as far as the tests read what was pushed. */
declare module 'http_ece' {
  import type { ECDH } from 'node:crypto';

  const ece: {
    decrypt(body: Buffer, options: { version: 'aes128gcm'; privateKey: ECDH; authSecret: Buffer | string }): Buffer;
  };
  // biome-ignore lint/style/noDefaultExport: so the package is
  export default ece;
}
