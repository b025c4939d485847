export type { Attempt, Attempts } from './attempts.ts'
export { readChange, type SharedWrites, type StateChange, writeChange } from './changes.ts'
export type { Cursors } from './cursors.ts'
export type {
  Failure,
  ParkedEntry,
  ParkedEvent,
  ParkedKey,
  ParkedKeyDetail,
  ParkedMessage,
  Place,
  Release,
  ReleasedMessage,
  SentBatch,
} from './parked-message.ts'
export type { ParkedMessages, ParkedPage, ParkedQuery } from './parked-messages.ts'
export type { DueTimer, InstancePage, ProcessStore, StoredInstance } from './process-instances.ts'
export type { SeenMessage, SeenMessages } from './seen-messages.ts'
export type { ChangeResult, SharedChanges } from './shared-changes.ts'
export { openState, type State, type StateOptions } from './state.ts'
