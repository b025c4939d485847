export { type HttpAnswer, writeHttpAnswer } from './http-answer.ts'
export {
  type HttpBehaviour,
  HttpBehaviours,
  type HttpMisbehaviour,
  type HttpRequestKind,
  takesEffect,
} from './http-behaviour.ts'
export { type KeptLines, keepLines } from './kept-lines.ts'
