/** English texts of the room for voice and video. */
export const roomEn = {
  'sitting.room': 'Video room',
  'sitting.room.notYet': 'The room opens half an hour before the meeting.',
  'sitting.room.opens': 'The room is opening…',
  'sitting.room.failed': 'The room did not open',
  'sitting.room.blocked': 'Your browser did not let a tab open: allow it for this site, then try again.',
  'sitting.room.ownTab': 'Open in a tab of its own',
  'sitting.room.larger': 'Larger',
  'sitting.room.smaller': 'Smaller',
  'sitting.room.close': 'Leave and close the room',
  'form.roomOwn': 'An address',
  'form.roomAt': 'A room made at {{host}}',
  'form.roomMade':
    'Everybody who is called enters by a link of their own, from the sitting, half an hour before it begins.',
  'form.roomUrl': 'Address of the room',
  'facts.roomMade': 'Video room, in the sitting',
  'log.byRoom': 'told by the video room',
  'problem.no-such-room': 'This meeting has no online room.',
  'problem.no-room-provider': 'No room can be made there. Choose another place.',
  'problem.room-not-open': 'The room opens half an hour before the meeting, and closes with it.',
  'problem.room-unavailable':
    'The video service does not answer. Try again; if it goes on, tell the administrators of the platform.',
} as const;
