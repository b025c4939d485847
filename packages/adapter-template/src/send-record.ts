import { bodyReader, type Outcome } from '@portreeve/adapter-sdk'
import type { Message } from '@portreeve/envelope'
import { PortreeveError } from '@portreeve/errors'
import { addressUpdateRequestedSchema } from '@portreeve/model'
import type { SystemClient } from './client.ts'
import { accepted, toRecord } from './from-canonical.ts'

export interface SendRecordOptions {
  readonly client: SystemClient
  /** Label of the instance. */
  readonly system: string
}

/** Sends one message. Rejects with an error whose class says what became of it, as `sendEach` takes it. */
export function recordSender({ client, system }: SendRecordOptions) {
  const read = bodyReader(accepted, addressUpdateRequestedSchema, system)
  return async (message: Message, signal: AbortSignal): Promise<Outcome> => {
    const taken = await client.addRecord(toRecord(read(message), message.envelope.id), signal)
    if ('recordId' in taken) return { state: 'delivered', proof: taken.recordId }
    const { message: reason } = new PortreeveError('PRV_ADAPTER_REFUSED', { system, code: taken.refusedWith })
    return { state: 'refused', code: taken.refusedWith, reason }
  }
}
