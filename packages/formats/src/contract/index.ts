export { type MessageFormatSubject, messageFormatContract } from './message-format-contract.ts'
