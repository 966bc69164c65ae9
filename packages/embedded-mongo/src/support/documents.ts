import type { SupportLists } from './table.ts';

const NOT_BUILT = 'not built';

/** The query operators of MongoDB 7.0. */
export const QUERY: SupportLists = {
  supported: `
    $all $alwaysFalse $alwaysTrue $and $bitsAllClear $bitsAllSet $bitsAnyClear $bitsAnySet $comment $elemMatch $eq
    $exists $expr $gt $gte $in $lt $lte $mod $ne $nin $nor $not $or $size $type`,
  differs: {
    $regex: 'patterns that mean the same in JavaScript; others are refused',
  },
  refused: [
    [238, 'runs JavaScript in the database', '$where'],
    [238, NOT_BUILT, '$geoIntersects $geoWithin $jsonSchema $near $nearSphere $sampleRate $text'],
  ],
};

/** The update operators. */
export const UPDATE: SupportLists = {
  supported: `
    $ $[] $[identifier] $addToSet $bit $currentDate $each $inc $max $min $mul $pop $position $pull $pullAll $push
    $rename $set $setOnInsert $slice $sort $unset`,
};

/** The projection operators of find. */
export const PROJECTION: SupportLists = {
  supported: '$ $elemMatch $slice',
  refused: [[238, NOT_BUILT, '$meta']],
};

/** Types and options of indexes. */
export const INDEXES: SupportLists = {
  supported: `
    single compound multikey unique sparse partialFilterExpression expireAfterSeconds`,
  refused: [[238, NOT_BUILT, 'text 2d 2dsphere hashed wildcard hidden collation clustered prepareUnique']],
};

/** The options of a collation. */
export const COLLATION: SupportLists = {
  supported: 'numericOrdering',
  differs: {
    locale: 'simple, fr, en and it',
    strength: '1, 2 and 3',
    backwards: 'false',
    caseLevel: 'false',
    normalization: 'false',
  },
  refused: [[238, NOT_BUILT, 'alternate caseFirst maxVariable']],
};

/** Options of collections. */
export const VALIDATION: SupportLists = {
  supported: 'validator',
  differs: {
    validationLevel: 'strict',
    validationAction: 'error',
    collation: 'simple',
  },
  refused: [[238, NOT_BUILT, 'capped timeseries viewOn clusteredIndex changeStreamPreAndPostImages encryptedFields']],
};
