export type { EGms, Envelope, Message } from './envelope.ts'
