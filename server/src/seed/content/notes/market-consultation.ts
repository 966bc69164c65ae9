import type { SeedText } from '../types.ts';

export const marketConsultation: SeedText = {
  id: 'note-market-consultation',
  kind: 'note',
  workspace: 'market',
  language: 'en',
  createdBy: 'agency',
  authors: ['agency', 'reviewer2'],
  createdOn: '2026-04-14',
  updatedOn: '2026-05-19',
  fields: { title: 'Checklist: a preliminary market consultation that stands up' },
  body: [
    {
      p: 'A preliminary market consultation is **not a procedure**: nothing is awarded. It is how buyers learn what exists before writing their requirements. Its results may be used as long as competition is not distorted. This page is information, not legal advice.',
    },
    { h: 2, text: 'Before' },
    {
      tasks: [
        { done: true, text: 'State the need as outcomes, without naming a technology' },
        { done: true, text: 'Announce publicly: date, language, channels, closing date' },
        { done: true, text: 'Prepare one list of questions, the same for everybody' },
        { done: false, text: 'Collect declarations of interest from those who will listen' },
      ],
    },
    { h: 2, text: 'During' },
    {
      ul: [
        'Give every firm the same information and the same time.',
        'Record who attended, what was asked, and what was handed over, with its degree of confidentiality.',
        'Do not show a firm what another one said, and do not mention budget ceilings.',
      ],
    },
    { h: 2, text: 'After' },
    {
      ol: [
        'Publish questions and answers without names.',
        'Write down what the consultation changed in the specification, and why.',
        'Check that no requirement now fits one firm only.',
        'Give all later candidates everything that was published.',
      ],
    },
    { h: 2, text: 'Questions worth asking' },
    {
      table: [
        ['Question', 'What it tells'],
        ['Which of our outcomes can you meet today, measured how?', 'State of the market, outcome by outcome'],
        ['Where has it been in service for a whole year?', 'Readiness, beyond demonstrations'],
        ['What would you need from us to meet the rest?', 'Effort and risk on our side'],
        ['Would you accept to be paid by result, and for which share?', 'Confidence'],
        ['What in this text keeps a small firm out?', 'Lots, guarantees, references'],
      ],
    },
    {
      quote:
        'The best answer we had was “your third requirement contradicts the first”. — A buyer (fictitious quotation)',
    },
  ],
};
