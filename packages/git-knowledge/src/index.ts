/**
 * Reads from a git history who knows which files, and which documents fell behind.
 *
 * @packageDocumentation
 */
export {
  absenceFactor,
  absenceFactorOfGroups,
} from './authorship/absenceFactor';
export {
  authorsAmong,
  degreeOfAuthorship,
  weightAtAge,
} from './authorship/degreeOfAuthorship';
export { readHistoryInChild } from './child/readHistoryInChild';
export {
  type FileKind,
  type FileOverrides,
  kindOfFile,
} from './files/countedFiles';
export { matcherOf } from './files/globs';
export type { ChangeStatus } from './git/LogParser';
export { readHead, type RepositoryHead } from './git/repository';
export {
  GitKnowledgeError,
  type GitKnowledgeErrorCode,
} from './GitKnowledgeError';
export type { Contact } from './history/History';
export {
  type CommitsRequest,
  type HistoryCommit,
  commitsRequestSchema,
  streamCommits,
} from './history/streamCommits';
export type { OnProgress } from './history/readCommits';
export {
  type ModelAbsenceFactor,
  type ModelReading,
  type ModelRequest,
  type ParsedModelRequest,
  modelRequestSchema,
  readModel,
} from './models/readModel';
export { applyMailmap, unusableMailmapLines } from './git/mailmap';
export {
  type AliasReason,
  type KnownAlias,
  aliasCandidatesAmong,
} from './people/aliasCandidates';
export { isAgentAddress } from './people/people';
export { readHistory } from './readHistory';
export * from './cli/answers';
export type { CliIo } from './cli/CliIo';
export { runCli } from './cli/runCli';
export * from './schemas';
