export type {
  AdapterConfiguration,
  AuthorityConfiguration,
  Configuration,
  ConfigurationPlace,
  DeliveryRoute,
  Route,
  RouteBranch,
  SplitRoute,
  TopicConfiguration,
} from './configuration.ts'
export { editorSchemas } from './editor-schema.ts'
export type { LintKind, LintProblem } from './lint-problem.ts'
export { type Loaded, type LoadOptions, loadConfiguration, requireConfiguration } from './load-configuration.ts'
export { publishedTypes } from './published-types.ts'
