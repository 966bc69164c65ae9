import type { SupportLists } from './table.ts';

const NOT_BUILT = 'not built';
const JAVASCRIPT = 'runs JavaScript in the database';

/** The aggregation stages of MongoDB 7.0. */
export const STAGES: SupportLists = {
  supported: `
    $addFields $bucket $count $documents $facet $graphLookup $group $limit $lookup $match $project $replaceRoot
    $replaceWith $sample $set $skip $sort $sortByCount $unionWith $unset $unwind`,
  refused: [
    [40573, 'only on replica sets', '$changeStream'],
    [31082, 'Atlas only', '$listSearchIndexes $search $searchMeta $vectorSearch'],
    [
      238,
      NOT_BUILT,
      `$bucketAuto $changeStreamSplitLargeEvent $collStats $currentOp $densify $fill $geoNear $indexStats
      $listLocalSessions $listSampledQueries $listSessions $merge $out $planCacheStats $redact $setWindowFields
      $shardedDataDistribution`,
    ],
  ],
};

/** The accumulators of $group. */
export const ACCUMULATORS: SupportLists = {
  supported: `
    $addToSet $avg $bottom $bottomN $count $first $firstN $last $lastN $max $maxN $mergeObjects $min $minN $push
    $stdDevPop $stdDevSamp $top $topN`,
  differs: { $sum: 'a sum of decimals and doubles together is refused' },
  refused: [
    [238, JAVASCRIPT, '$accumulator'],
    [238, NOT_BUILT, '$median $percentile'],
  ],
};

/** The expression operators of MongoDB 7.0. */
export const EXPRESSIONS: SupportLists = {
  supported: `
    $abs $add $allElementsTrue $and $anyElementTrue $arrayElemAt $arrayToObject $avg $binarySize $bitAnd $bitNot $bitOr
    $bitXor $bsonSize $ceil $cmp $concat $concatArrays $cond $const $dateDiff $dateFromParts $dateToParts $dateTrunc $dayOfMonth
    $dayOfWeek $dayOfYear $divide $eq $filter $first $firstN $floor $getField $gt $gte $hour $ifNull $in $indexOfArray
    $indexOfBytes $indexOfCP $isArray $isNumber $isoDayOfWeek $isoWeek $isoWeekYear $last $lastN $let $literal $lt $lte
    $ltrim $map $max $maxN $mergeObjects $millisecond $min $minN $minute $month $multiply $ne $not $objectToArray $or
    $rand $range $reduce $replaceAll $replaceOne $reverseArray $round $rtrim $second $setDifference $setEquals $setField
    $setIntersection $setIsSubset $setUnion $size $slice $sortArray $split $stdDevPop $stdDevSamp $strLenBytes $strLenCP
    $strcasecmp $substr $substrBytes $substrCP $subtract $sum $switch $toBool $toLower $toObjectId $toUpper $trim $trunc
    $tsIncrement $tsSecond $type $unsetField $week $year $zip`,
  differs: {
    $convert: 'as $toString, $toDate and the others say',
    $dateAdd: 'a result that comes twice in a change of clocks is refused',
    $dateFromString: 'ISO 8601 texts; no format',
    $dateSubtract: 'a result that comes twice in a change of clocks is refused',
    $dateToString: 'a constant format',
    $mod: 'no decimals',
    $pow: 'whole powers of whole numbers within 64 bits',
    $regexFind: 'patterns that mean the same in JavaScript; others are refused',
    $regexFindAll: 'patterns that mean the same in JavaScript; others are refused',
    $regexMatch: 'patterns that mean the same in JavaScript; others are refused',
    $sqrt: 'no decimals',
    $toDate: 'ISO 8601 texts',
    $toDecimal: 'plain decimal texts',
    $toDouble: 'plain decimal texts',
    $toInt: 'no decimals',
    $toLong: 'no decimals',
    $toString: 'no fractional doubles',
  },
  refused: [
    [238, JAVASCRIPT, '$function'],
    [
      238,
      'its last digits depend on the mathematics library',
      `$acos $acosh $asin $asinh $atan $atan2 $atanh $cos $cosh $degreesToRadians $exp $ln $log $log10
      $radiansToDegrees $sin $sinh $tan $tanh`,
    ],
    [238, NOT_BUILT, '$median $meta $percentile $sampleRate $toHashedIndexKey'],
  ],
};
