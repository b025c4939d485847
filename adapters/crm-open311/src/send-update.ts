import { bodyReader, type Outcome } from '@portreeve/adapter-sdk'
import type { Message } from '@portreeve/envelope'
import { PortreeveError } from '@portreeve/errors'
import { addressUpdateRequestedSchema } from '@portreeve/model'
import { candidatesOf } from './candidates.ts'
import type { Filed, Open311Client } from './client.ts'
import { addressUpdateRequested, toForm } from './from-canonical.ts'

export interface SendUpdateOptions {
  readonly client: Open311Client
  /** Label of the instance. */
  readonly system: string
}

/**
 * Files a service request; whose account it is, the CRM finds out. Rejects with an error whose class says what became of
 * the message, as `sendEach` takes it.
 */
export function updateSender({ client, system }: SendUpdateOptions) {
  const read = bodyReader(addressUpdateRequested, addressUpdateRequestedSchema, system)
  return async (message: Message, signal: AbortSignal): Promise<Outcome> => {
    const { id } = message.envelope
    const filed = await client.file(toForm(read(message), id), id, signal)
    return 'requestId' in filed ? { state: 'delivered', proof: filed.requestId } : refusal(filed, system)
  }
}

function refusal({ refusedWith, accounts }: Extract<Filed, { refusedWith: string }>, system: string): Outcome {
  const candidates = candidatesOf(accounts)
  const named = candidates.length > 0 && { candidates }
  switch (refusedWith) {
    case 'account_not_found': {
      const { code, message: reason } = new PortreeveError('PRV_ADAPTER_PERSON_NOT_FOUND', { system })
      return { state: 'refused', code, reason, ...named }
    }
    case 'account_ambiguous': {
      const error = new PortreeveError('PRV_ADAPTER_PERSON_AMBIGUOUS', { system, count: candidates.length })
      return { state: 'refused', code: error.code, reason: error.message, ...named }
    }
    default: {
      const { message: reason } = new PortreeveError('PRV_ADAPTER_REFUSED', { system, code: refusedWith })
      return { state: 'refused', code: refusedWith, reason }
    }
  }
}
