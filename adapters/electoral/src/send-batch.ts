import type { Adapter, Outcome, OutgoingBatch } from '@portreeve/adapter-sdk'
import { isPortreeveError, PortreeveError } from '@portreeve/errors'
import { checkFolder } from './check-folder.ts'
import { batchFile, type LineWriting, messageLines } from './file-of-batch.ts'
import type { HandedOver } from './handed-over.ts'
import type { Place } from './note.ts'

export interface SendOptions extends LineWriting {
  readonly outFolder: string
  readonly handedOver: HandedOver
}

/**
 * One file for all of the batch that was not handed over before; a message that makes no line keeps the others back in nothing. Rejects
 * with `PRV_ELECTORAL_FOLDER`, `PRV_ENDPOINTS_…` when nothing was handed over.
 */
export function sendBatch(options: SendOptions): NonNullable<Adapter['send']> {
  const { outFolder, handedOver } = options
  return async ({ messages }: OutgoingBatch, signal) => {
    await checkFolder(outFolder)
    const before = await handedOver.places()
    const all = messages.map((message) => {
      const place = before.get(message.envelope.id)
      return place ? { message, outcome: delivered(place) } : messageLines(message, options)
    })
    const fresh = all.flatMap((each) => ('lines' in each ? [each] : []))
    const outcomes = new Map<string, Outcome>()
    for (const each of all) if ('outcome' in each) outcomes.set(each.message.envelope.id, each.outcome)
    if (fresh.length > 0) {
      const file = await batchFile(fresh, options)
      if (signal.aborted) throw new PortreeveError('PRV_ENDPOINTS_STOPPED', { operation: `writing to ${outFolder}` })
      const { file: name, state } = await handedOver.write(file)
      const unknown = new PortreeveError('PRV_ELECTORAL_UNKNOWN', { file: name }).toJSON()
      for (const { id, ...place } of file.messages) {
        const isDelivered = state === 'handed over'
        outcomes.set(id, isDelivered ? delivered({ file: name, ...place }) : { state: 'unknown', error: unknown })
      }
    }
    return messages.map(({ envelope: { id } }) => outcomes.get(id) ?? notHandedOver(id))
  }
}

/** From the notes, so also of files that the electoral system has taken away. */
export function lookUp({
  outFolder,
  handedOver,
}: Pick<SendOptions, 'outFolder' | 'handedOver'>): NonNullable<Adapter['lookup']> {
  return async ({ messages }) => {
    try {
      await checkFolder(outFolder)
      const places = await handedOver.places()
      return messages.map(({ envelope: { id } }) => {
        const place = places.get(id)
        return place ? delivered(place) : notHandedOver(id)
      })
    } catch (error) {
      if (!isPortreeveError(error)) throw error
      return messages.map((): Outcome => ({ state: 'unknown', error: error.toJSON() }))
    }
  }
}

function delivered({ file, line }: Place): Outcome {
  return { state: 'delivered', proof: `${file}, line ${line}` }
}

function notHandedOver(id: string): Outcome {
  return { state: 'not-taken', error: new PortreeveError('PRV_ELECTORAL_NOT_HANDED_OVER', { id }).toJSON() }
}
