const MAX_NAME = 120;

/**
 * A name that any system may give a file: no separators, no control, direction or reserved characters, bounded.
 * `extension` comes from what the file really is; `fallback` stands for a name of which nothing is left.
 */
export function safeName(given: string, extension: string, fallback: string): string {
  const stem = given
    .normalize('NFC')
    // Cc and Cf hold NUL, line breaks and the marks that turn the reading direction ("gpj.exe" read backwards).
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, '')
    .replace(/[<>:"|?*%;/\\]/g, '-')
    .replace(/\.+/g, '.')
    .replace(/^[.\s]+|[.\s]+$/g, '');
  const cut = [...stem].slice(0, MAX_NAME).join('');
  return `${cut === '' ? fallback : cut}.${extension}`;
}

/** A Content-Disposition value (RFC 6266): an ASCII fallback, and the real name beside it (RFC 8187). */
export function disposition(kind: 'inline' | 'attachment', name: string): string {
  const ascii = name
    .normalize('NFKD')
    .replace(/[^\x20-\x7e]/g, '')
    .replace(/["\\%]/g, '_');
  const encoded = encodeURIComponent(name).replace(
    /['()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `${kind}; filename="${ascii}"; filename*=UTF-8''${encoded}`;
}
