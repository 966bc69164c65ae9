import type { SupportLists } from './table.ts';

const NOT_BUILT = 'not built';

/** The commands of MongoDB 7.0, by the manual's page of database commands. */
export const COMMANDS: SupportLists = {
  supported: `
    aggregate buildInfo buildinfo collMod count create createIndexes delete deleteIndexes distinct drop dropDatabase
    dropIndexes endSessions explain find findAndModify findandmodify getMore hello insert isMaster ismaster killCursors
    killSessions listCollections listCommands listIndexes logout ping refreshSessions saslContinue saslStart
    startSession update validate whatsmyuri`,
  differs: {
    compact: 'all collections at once',
    connectionStatus: 'privileges are not listed',
    dbStats: 'collections, objects and indexes; no sizes',
    getParameter: 'featureCompatibilityVersion only',
    listDatabases: 'sizes are 0',
    profile: 'reading and level 0; other levels are refused',
    renameCollection: 'within one database',
    serverStatus: 'a small part of the sections',
  },
  refused: [
    [251, 'there are no transactions', 'abortTransaction commitTransaction'],
    [31082, 'Atlas only', 'createSearchIndexes dropSearchIndex listSearchIndexes updateSearchIndex'],
    [
      76,
      'not running with --replSet',
      `replSetAbortPrimaryCatchUp replSetFreeze replSetGetConfig replSetGetStatus replSetInitiate replSetMaintenance
      replSetReconfig replSetResizeOplog replSetStepDown replSetSyncFrom`,
    ],
    [
      59,
      'as on every server that is no mongos or not of version 8',
      `addShard addShardToZone balancerStart balancerStatus balancerStop bulkWrite enableSharding isdbgrid listShards
      mergeChunks moveChunk movePrimary refineCollectionShardKey removeShard removeShardFromZone reshardCollection
      shardCollection split updateZoneKeyRange`,
    ],
    [
      238,
      NOT_BUILT,
      `appendOplogNote authenticate cloneCollectionAsCapped collStats connPoolStats convertToCapped createRole
      createUser currentOp dataSize dbHash dropAllRolesFromDatabase dropAllUsersFromDatabase dropConnections dropRole
      dropUser filemd5 fsync fsyncUnlock getAuditConfig getClusterParameter getCmdLineOpts getDefaultRWConcern getLog
      grantPrivilegesToRole grantRolesToRole grantRolesToUser hostInfo invalidateUserCache killAllSessions
      killAllSessionsByPattern killOp lockInfo logRotate mapReduce planCacheClear planCacheClearFilters
      planCacheListFilters planCacheSetFilter reIndex revokePrivilegesFromRole revokeRolesFromRole revokeRolesFromUser
      rolesInfo rotateCertificates setAuditConfig setClusterParameter setDefaultRWConcern
      setFeatureCompatibilityVersion setIndexCommitQuorum setParameter setUserWriteBlockMode shutdown top updateRole
      updateUser usersInfo`,
    ],
  ],
};
