export {
  type CaseStore,
  type CaseStoreOptions,
  type FakeCase,
  type FakeEffect,
  type FakePerson,
  type FakeStatus,
  openCaseStore,
} from './case-store.ts'
export { caseSystemParts, type FakeCaseSystem, type FakeCaseSystemOptions } from './case-system.ts'
export { type HttpAnswer, writeHttpAnswer } from './http-answer.ts'
export {
  type HttpBehaviour,
  HttpBehaviours,
  type HttpMisbehaviour,
  type HttpRequestKind,
  takesEffect,
} from './http-behaviour.ts'
export { type KeptLines, keepLines } from './kept-lines.ts'
export { type StandInListenerOptions, type StandInRequest, standInListener } from './stand-in-listener.ts'
