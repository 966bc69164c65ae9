import { Problem } from '@concert/contract';
import { describe, expect, test } from '@jest/globals';
import { createLog } from './log.ts';
import { hideSecrets } from './redact.ts';

function captured(level = 'trace') {
  const lines: string[] = [];
  return { lines, log: createLog(level, { write: (line) => lines.push(line) }) };
}

const TOKEN = 'Zx9_canary-canary-canary-canary-canary-canary1';

describe('log lines', () => {
  test.each([
    ['a line break', 'first\r\n{"level":"fatal","msg":"forged"}'],
    ['colours of a terminal', '\u001b[31mred\u001b[0m\u0007'],
    ['separators of JavaScript', 'a\u2028b\u2029c\u0085d\u0000e'],
    ['quotes', '"},{"level":60,"msg":"forged'],
  ])('[check 50] %s in a text stays in its one line', (_what, text) => {
    const { lines, log } = captured();
    log.warn({ text, deep: { text }, [text]: 1, err: new Error(text) }, text);
    expect(lines).toHaveLength(1);
    const [line = ''] = lines;
    for (const mark of ['\r', '\n', '\u001b', '\u0007', '\u0000']) expect(line.trimEnd()).not.toContain(mark);
    expect(JSON.parse(line)).toMatchObject({ level: 'warn', msg: text, text, deep: { text } });
  });

  test('[check 50] passwords, tokens, cookies and addresses are hidden at any depth, and in any text', () => {
    const { lines, log } = captured();
    const secret = { password: TOKEN, newPassword: TOKEN, token: TOKEN, Cookie: TOKEN, 'set-cookie': [TOKEN] };
    log.info({ ...secret, a: { b: { ...secret, email: 'ada@example.org' } }, list: [secret] });
    log.info({ url: `https://x.example/reset?token=${TOKEN}` }, `Bearer ${TOKEN} for ada@example.org`);
    log.error(
      new Error(`mongodb://concert:hunter22@mongo:27017 refused ada@example.org`, {
        cause: Object.assign(new Error('inner'), { keyValue: { email: 'ada@example.org' }, token: TOKEN }),
      }),
    );
    const all = lines.join('');
    for (const canary of ['canary', 'ada@', 'hunter22', 'keyValue']) expect(all).not.toContain(canary);
    expect(all).toContain('inner');
    expect(lines).toHaveLength(3);
  });

  test('an error keeps what helps to find it', () => {
    const { lines, log } = captured();
    log.error({ err: new Problem('CONFLICT', 'email-taken', { detail: { email: 'ada@example.org' } }) }, 'refused');
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      level: 'error',
      msg: 'refused',
      err: { type: expect.any(String), code: 'CONFLICT', reason: 'email-taken', stack: expect.stringContaining('at ') },
    });
    expect(lines[0]).not.toContain('ada@');
  });

  test('what is too long, too deep or has no end is cut', () => {
    const { lines, log } = captured();
    const round: Record<string, unknown> = { bytes: new Uint8Array(5_000_000), text: 'long '.repeat(1_000_000) };
    round.self = round;
    log.info(round, 'long '.repeat(1_000_000));
    expect(lines).toHaveLength(1);
    expect(lines[0]?.length).toBeLessThan(20_000);
  });

  test('ids stay readable', () => {
    const id = '01890000-0000-7000-8000-000000000000';
    expect(hideSecrets(`document ${id} of 3 people`)).toBe(`document ${id} of 3 people`);
  });
});
