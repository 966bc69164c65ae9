import { describe, expect, test } from '@jest/globals';
import { isPushed, isPushService } from './push.ts';

describe('push', () => {
  test.each([
    'https://fcm.googleapis.com/fcm/send/abc:def',
    'https://updates.push.services.mozilla.com/wpush/v2/abc',
    'https://db5p.notify.windows.com/w/?token=abc',
    'https://web.push.apple.com/abc',
  ])('[N15] %s is a push service', (endpoint) => {
    expect(isPushService(endpoint)).toBe(true);
  });

  test.each([
    'http://fcm.googleapis.com/fcm/send/abc',
    'https://fcm.googleapis.com.evil.example/x',
    'https://evil.example/fcm.googleapis.com',
    'https://fcm.googleapis.com@evil.example/x',
    'https://user:secret@fcm.googleapis.com/x',
    'https://fcm.googleapis.com:8443/x',
    'https://push.services.mozilla.com.evil.example/',
    'https://evilpush.apple.com/x',
    'https://127.0.0.1/x',
    'https://[::1]/x',
    'https://169.254.169.254/latest/meta-data',
    'https://localhost/x',
    'https://2130706433/x',
    'https://0/x',
    'https://[::ffff:127.0.0.1]/x',
    'https://0x7f.1/x',
    'gopher://fcm.googleapis.com/x',
    'file:///etc/passwd',
    'javascript:alert(1)',
    '//fcm.googleapis.com/x',
    '',
    `https://fcm.googleapis.com/${'x'.repeat(1000)}`,
  ])('[N15] %s is none', (endpoint) => {
    expect(isPushService(endpoint)).toBe(false);
  });

  test('[N15] what the installation trusts is one by its whole origin', () => {
    const others = ['https://push.region.example'];
    expect(isPushService('https://push.region.example/abc', others)).toBe(true);
    expect(isPushService('https://push.region.example:444/abc', others)).toBe(false);
    expect(isPushService('http://push.region.example/abc', others)).toBe(false);
  });

  test('[N14] mentions, answers and replies are pushed, what else happens waits in the inbox', () => {
    expect((['mentioned', 'answered', 'replied'] as const).every(isPushed)).toBe(true);
    expect((['opened', 'resolved', 'reopened'] as const).some(isPushed)).toBe(false);
  });
});
