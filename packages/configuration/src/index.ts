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
export { facts } from './facts.ts'
export { fieldsIn } from './fields-in-condition.ts'
export { digestsOfFiles } from './files-of-adapters.ts'
export type { LintKind, LintProblem } from './lint-problem.ts'
export {
  type Loaded,
  type LoadOptions,
  loadConfiguration,
  requireConfiguration,
} from './load-configuration.ts'
export { type LoadedMapping, loadMapping, mappingNames } from './load-mapping.ts'
export { loadRouteTests, type RouteTestLoading, requireRouteTests } from './load-route-tests.ts'
export {
  doorTypes,
  emailRequested,
  isInternalTopic,
  publishedTypes,
  receiverPaused,
  reportProposed,
  siblingType,
} from './published-types.ts'
export type { Expected } from './route-test-expect.ts'
export type { RouteTest, TestCase } from './route-test-file.ts'
export type { RegisterAnswers, ScriptedAnswer } from './route-test-given.ts'
export type { TestStep } from './route-test-steps.ts'
