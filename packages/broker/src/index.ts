export { adapterNamed, adapters } from './adapters.ts'
export { type BackUpOptions, type Backup, backUp } from './backup/back-up.ts'
export type { FileStory, ReportStory, StoryProblem } from './borough/file-stories.ts'
export { type DemoCheck, type DemoResult, playDemo } from './borough/play-demo.ts'
export type { ChangeStory, Submit, Submitted } from './borough/play-tell-us-once.ts'
export { type Borough, type BoroughOptions, startBorough } from './borough/start-borough.ts'
export { bodyProblems } from './canonical-body.ts'
export { type CheckTopicsOptions, checkTopics, type TopicsCheck } from './check-topics.ts'
export { conditionProblems } from './conditions.ts'
export { type Connection, connectOrOpen } from './connect-or-open.ts'
export type { BroughtTransaction, Door, TakenTransaction } from './door.ts'
export type { BrokerListener, FileProgress } from './events.ts'
export { type Health, type HealthPart, healthParts, type PartHealth } from './observation/health.ts'
export { type Broker, type BrokerOptions, openBroker } from './open-broker.ts'
export type {
  Consequence,
  DeadLetter,
  DeadLetterDecision,
  DeadLetterDetail,
  DeadLetterPage,
  FoundMessage,
  Operations,
  ReceiverState,
  Refusal,
  ReplayPreview,
  ReplayStatus,
  SearchPage,
  SearchQuery,
  Status,
  StoryEntry,
  Track,
  Transaction,
  TransactionPage,
} from './operations.ts'
export {
  type Coverage,
  type RouteCaseResult,
  type RouteTestOptions,
  type RouteTestResults,
  runRouteTests,
} from './route-tests/run-route-tests.ts'
export type { ActiveConfiguration } from './takeover/active-configuration.ts'
export type { Applied } from './takeover/apply.ts'
export { applyToRunning } from './takeover/apply-to-running.ts'
export { type Comparison, compareWithBroker } from './takeover/compare-with-broker.ts'
export {
  type SystemState,
  systemStates,
  type TransactionState,
  type TransactionStatus,
  transactionStates,
} from './transaction-status.ts'
