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
