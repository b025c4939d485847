import { dirname, join } from 'node:path'
import type { Adapter, Claims, Emitted, Polled } from '@portreeve/adapter-sdk'
import {
  FileInbox,
  fileAt,
  type InboxFile,
  isUnchanged,
  moveFile,
  readUnchanged,
  shownFileName,
} from '@portreeve/endpoints'
import { isPortreeveError } from '@portreeve/errors'
import { type AnswerFolder, duplicateAnswer } from './answer-folder.ts'

export const submissionReceived = 'valuation.submission.received'

export interface PollInboxOptions {
  readonly label: string
  readonly inboxFolder: string
  readonly settleSeconds: number
  readonly claims: Claims
  readonly answers: AnswerFolder
}

/** Complete files of the inbox, each staged under its content's address before it is told of. */
export function pollInbox(options: PollInboxOptions): NonNullable<Adapter['poll']> {
  const inbox = new FileInbox({ folder: options.inboxFolder, settleMs: options.settleSeconds * 1000 })
  return async function* poll(_cursor, signal) {
    for (const file of await inbox.look()) {
      if (signal.aborted) return
      const polled = await take(file, options)
      if (polled) yield { polled, cursor: null }
    }
  }
}

/** `null` when somebody still writes to the file: it is looked at again later. */
async function take(
  file: InboxFile,
  { label, inboxFolder, claims, answers }: PollInboxOptions,
): Promise<Polled | null> {
  try {
    const { digest, sizeBytes } = await claims.put(readUnchanged(file))
    const fileName = shownFileName(file.name)
    const body = { fileName, digest, sizeBytes, inbox: label }
    const message: Emitted = {
      type: submissionReceived,
      idSeed: digest,
      key: digest,
      attributes: { channel: 'file' },
      contentType: 'application/json',
      body: new TextEncoder().encode(JSON.stringify(body)),
    }
    return {
      message,
      async settle({ status, reference }) {
        if (status === 'duplicate') await answers.write({ fileName, digest }, duplicateAnswer(reference))
        await moveIfUnchanged(file, join(inboxFolder, status === 'accepted' ? 'taken' : 'duplicate'))
      },
    }
  } catch (error) {
    if (isPortreeveError(error, 'PRV_ENDPOINTS_FILE_CHANGED')) return null
    throw error
  }
}

/** A file that was replaced since it was read is another file: it stays for the next look. */
async function moveIfUnchanged(file: InboxFile, folder: string): Promise<void> {
  const now = await fileAt(dirname(file.path), file.name)
  if (now && isUnchanged(file, now)) await moveFile(file.path, folder)
}
