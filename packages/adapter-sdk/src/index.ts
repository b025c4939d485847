export type {
  Adapter,
  AdapterContext,
  Claim,
  Claims,
  Emitted,
  OutgoingBatch,
  Polled,
  Received,
  ReceiveOptions,
  ReceiveProgress,
  Refusal,
  RefusalProblem,
} from './adapter.ts'
export { bodyReader } from './body-reader.ts'
export type { AdapterDeclaration, Capabilities, Difference, Rule } from './declaration.ts'
export { defineAdapter } from './define-adapter.ts'
export { type HttpFault, httpFault, unreadable } from './http-fault.ts'
export type { FileFault, FilePlace, FoundTemplate, Inspection } from './inspection.ts'
export { type LookUpEachOptions, lookUpEach } from './look-up-each.ts'
export type { Outcome } from './outcome.ts'
export { parseJson } from './parse-json.ts'
export {
  type Answering,
  type Answers,
  type AnswerTo,
  answerQuestions,
  type Question,
  type QuestionKind,
} from './question.ts'
export { redact, redacted } from './redact.ts'
export { type SendEachOptions, sendEach } from './send-each.ts'
export { joined, mostCandidates, toCandidate } from './to-candidate.ts'
export { type ConfigProblem, type ValidConfig, validateConfig } from './validate-config.ts'
export type { DocumentVerdict, ReportVerdict, ValidateOptions, Verdict } from './verdict.ts'
