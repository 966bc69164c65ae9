import { describe, expect, test } from '@jest/globals';
import { disposition, safeName } from './names.ts';

describe('names of files', () => {
  test.each([
    ['Été 2026', 'Été 2026.pdf'],
    ['a/b\\c', 'a-b-c.pdf'],
    ['..', 'file.pdf'],
    ['line\r\nbreak\u0000', 'linebreak.pdf'],
    ['\u202efdp.exe', 'fdp.exe.pdf'],
    ['', 'file.pdf'],
    [`${'😀'.repeat(200)}`, `${'😀'.repeat(120)}.pdf`],
  ])('%j becomes %j', (given, kept) => {
    expect(safeName(given, 'pdf', 'file')).toBe(kept);
  });

  test('a header holds the name twice and no line break, quote or backslash', () => {
    const value = disposition('attachment', 'Été "x"\\\r\n.pdf');
    expect(value).toMatch(
      /^attachment; filename="[\x20-\x21\x23-\x5b\x5d-\x7e]*"; filename\*=UTF-8''[A-Za-z0-9%._~!$&+-]*$/,
    );
  });
});
