export { capabilities } from './capabilities.ts'
export type { KafkaConnection } from './connection.ts'
export { openKafkaLog } from './open.ts'
