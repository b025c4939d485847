export type {
  AdapterConfiguration,
  AuthorityConfiguration,
  Configuration,
  ConfigurationPlace,
  DeliveryRoute,
  DoorConfiguration,
  MappingConfiguration,
  ProcessConfiguration,
  QualityConfiguration,
  Route,
  RouteBranch,
  SplitRoute,
  TelemetryConfiguration,
  TopicConfiguration,
} from './configuration.ts'
export type { ConfigurationRecord } from './configuration-record.ts'
export { type Change, type ChangeGroup, changeGroups } from './difference/change.ts'
export { differences } from './difference/differences.ts'
export { editorSchemas } from './editor-schema.ts'
export { filesOf } from './files-of-adapters.ts'
export type { LintKind, LintProblem } from './lint-problem.ts'
export {
  type Loaded,
  type LoadOptions,
  loadConfiguration,
  loadRouteTests,
  requireConfiguration,
  requireRouteTests,
} from './load-configuration.ts'
export {
  doorTypes,
  emailRequested,
  isInternalTopic,
  publishedTypes,
  receiverPaused,
  reportProposed,
  siblingType,
} from './published-types.ts'
export type { RouteTest } from './route-test-file.ts'
export type { RouteCase, ScriptedAnswer } from './route-test-schema.ts'
