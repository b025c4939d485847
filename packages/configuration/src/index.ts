export type {
  AdapterConfiguration,
  AuthorityConfiguration,
  Configuration,
  ConfigurationPlace,
  DeliveryRoute,
  LintProblem,
  Route,
  RouteBranch,
  SplitRoute,
  TopicConfiguration,
} from './configuration.ts'
export { editorSchemas } from './editor-schema.ts'
export { type Loaded, type LoadOptions, loadConfiguration, requireConfiguration } from './load-configuration.ts'
