import { parseRequestId } from '@portreeve/core'
import { type Message, neverEchoes } from '@portreeve/envelope'
import type { Ledger } from '@portreeve/ledger'
import { compileConditions } from '../conditions.ts'
import type { Receiver } from '../receivers.ts'

/**
 * What a replay of a message comes to at its receiver, by what the ledger has read:
 *
 * - `not-concerned`: as its route says now, it is not for this receiver.
 * - `delivered-before`: the receiver has it; it goes only if it is to have effect again.
 * - `waits-for-person`: it goes, though it is a dead letter, or a request of a process that was refused.
 * - `to-send`: it goes.
 */
export type Standing = 'not-concerned' | 'delivered-before' | 'waits-for-person' | 'to-send'

export type StandingLedger = Pick<Ledger, 'deliveredTo' | 'track'>

export function standingAt(receiver: Receiver, ledger: StandingLedger): (message: Message) => Standing {
  const conditions = compileConditions(receiver)
  return (message) => {
    const { envelope } = message
    if (!neverEchoes(envelope, receiver.label) || !conditions.concerns(message)) return 'not-concerned'
    if (ledger.deliveredTo(receiver.name, envelope.id)) return 'delivered-before'
    return waitsForPerson(envelope.id, receiver.name, ledger) ? 'waits-for-person' : 'to-send'
  }
}

/** Whether a replay of what stands so goes to the receiver. */
export function goes(standing: Standing, again: boolean): boolean {
  return standing !== 'not-concerned' && (again || standing !== 'delivered-before')
}

function waitsForPerson(messageId: string, name: string, ledger: StandingLedger): boolean {
  const pair = ledger.track({ messageId })?.message.receivers.find(({ receiver }) => receiver === name)
  return pair?.state === 'parked' || (pair?.state === 'refused' && parseRequestId(messageId) !== null)
}
