import type { Db, IndexDescription } from 'mongodb';
import { type LongTexts, longTextIndexes, longTexts } from '../platform/mongo/long-texts.ts';

const TEXTS = 'decision_texts';

export const textIndexes: Readonly<Record<string, readonly IndexDescription[]>> = { [TEXTS]: longTextIndexes };

/** [R5] The register's own copies of the texts that were voted on, by document: the documents may change, or go. */
export const textStore = (db: Db): LongTexts => longTexts(db, TEXTS);
export type TextStore = LongTexts;
