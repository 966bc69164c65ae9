import { describe, expect, test } from '@jest/globals';
import { framed, heard } from './jitsi.ts';

const scope = 'jitsi_meet_external_api_1';
const happened = (name: string, over: object = {}) =>
  JSON.stringify({ postis: true, scope, method: 'message', params: { type: 'event', data: { name } }, ...over });

describe('the frame of a Jitsi', () => {
  test('is told by its address that the page around it listens', () => {
    expect(framed('https://meet.test/room?jwt=x')).toBe('https://meet.test/room?jwt=x#jitsi_meet_external_api_id=1');
    expect(framed('https://meet.test/room#config.a=true')).toBe(
      'https://meet.test/room#config.a=true&jitsi_meet_external_api_id=1',
    );
  });

  test('gets its question back, by which it knows that it is heard', () => {
    const asked = { postis: true, scope, method: '__ready__', params: '1764000000000.5' };
    expect(heard(JSON.stringify(asked))).toEqual({ answer: JSON.stringify(asked) });
  });

  test('says that one has joined and left', () => {
    expect(heard(happened('video-conference-joined'))).toEqual({ what: 'joined' });
    expect(heard(happened('video-conference-left'))).toEqual({ what: 'left' });
    expect(heard(happened('video-ready-to-close'))).toEqual({ what: 'left' });
  });

  test('says nothing else, and nobody else says anything', () => {
    for (const data of [
      happened('participant-joined'),
      happened('video-conference-joined', { scope: 'jitsi_meet_external_api_2' }),
      happened('video-conference-joined', { postis: false }),
      happened('toString'),
      'video-conference-joined',
      '{',
      null,
      7,
      { method: 'message' },
    ])
      expect(heard(data)).toBeUndefined();
  });
});
