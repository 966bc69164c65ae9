import type { SeedText } from '../types.ts';

export const winterAnswers: SeedText = {
  id: 'note-winter-answers',
  kind: 'note',
  workspace: 'market',
  language: 'en',
  createdBy: 'reviewer2',
  authors: ['reviewer2', 'agency'],
  createdOn: '2026-06-22',
  updatedOn: '2026-07-10',
  fields: { title: 'Winter roads: what fourteen firms answered, published without names' },
  body: [
    {
      p: '*Fictitious demonstration document, published in the same form for every firm.* It holds no budget, no award criterion and no name.',
    },
    { h: 2, text: 'What we asked' },
    {
      p: 'Roads must be **as safe as today with half the salt**, on 1,140 km between 300 m and 2,000 m. Nine questions were put to everybody on the same day, in Italian and French, with five weeks to answer.',
    },
    { h: 2, text: 'What we understood' },
    {
      table: [
        ['Topic', 'Answers', 'What it means for us'],
        ['Dose that varies along a round', '11 of 14 in service', 'Mature on main roads'],
        ['Forecast for narrow valleys', '3 of 14, in trial', 'Must be tested for a whole winter'],
        ['Salt left on the road', '2 of 14, in trial', 'Too dear for a whole fleet today'],
        ['Payment by result', '6 of 14 would accept a part', 'Worth discussing'],
      ],
    },
    { h: 2, text: 'What changed in our text' },
    {
      ul: [
        'The correction for the severity of the winter now rests on a public index.',
        'A requirement on the width of spreading is gone: it fitted one make only.',
        'The cab must work without a mobile network for a whole round.',
      ],
    },
    { p: 'Comments are open until the call. Everyone invited here can read them.' },
  ],
};
