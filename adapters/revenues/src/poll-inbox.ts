import { join } from 'node:path'
import type { Adapter, Claims, Polled } from '@portreeve/adapter-sdk'
import { FileInbox, fromFileFault, type InboxFile, moveFile, readUnchanged, shownFileName } from '@portreeve/endpoints'
import { type AnswerFolder, duplicateAnswer } from './answer-folder.ts'
import { concernOf, strangersFault } from './errors.ts'
import { InHand } from './in-hand.ts'
import { toCanonical } from './to-canonical.ts'

export interface PollInboxOptions {
  readonly label: string
  readonly inboxFolder: string
  readonly settleSeconds: number
  readonly claims: Claims
  readonly answers: AnswerFolder
  /** For how long a file has stood still, in milliseconds. Default: a clock that nobody sets. */
  readonly now?: () => number
}

/**
 * Complete files of the inbox, each staged under its content's address before it is told of. A file that cannot be read
 * holds up none of the others: it is told of behind them, and so is what lies there and will never be taken.
 */
export function pollInbox(options: PollInboxOptions): NonNullable<Adapter['poll']> {
  const { inboxFolder, settleSeconds, now } = options
  const inbox = new FileInbox({ folder: inboxFolder, settleMs: settleSeconds * 1000, ...(now && { now }) })
  const inHand = new InHand(inboxFolder)
  return async function* poll(_cursor, signal) {
    let fault: unknown = null
    for (const file of await inbox.look()) {
      if (signal.aborted) return
      try {
        const polled = await take(file, options, inHand)
        yield { polled, cursor: null }
      } catch (error) {
        const concern = concernOf(error)
        if (concern === 'all') throw error
        if (concern === 'file') fault ??= error
      }
    }
    fault ??= strangersFault(inbox.strangers, inboxFolder)
    if (fault !== null) throw fault
  }
}

async function take(
  file: InboxFile,
  { label, inboxFolder, claims, answers }: PollInboxOptions,
  inHand: InHand,
): Promise<Polled> {
  const { digest, sizeBytes } = await claims.put(readUnchanged(file))
  const fileName = shownFileName(file.name)
  const wasInHand = await inHand.pickUp(file, digest).catch((fault: unknown) => {
    throw fromFileFault(fault, inboxFolder, 'write to')
  })
  return {
    message: toCanonical({ fileName, digest, sizeBytes, inbox: label }),
    fileName,
    async settle({ status, reference }) {
      const isCopy = status === 'duplicate' && !wasInHand
      if (isCopy) await answers.write({ fileName, digest }, duplicateAnswer(reference))
      const moved = await moveFile(file, join(inboxFolder, isCopy ? 'duplicate' : 'taken'), digest)
      // What stayed comes again; if it was only touched, it is no second copy then.
      if (moved !== null) await inHand.putDown(file, digest)
    },
  }
}
