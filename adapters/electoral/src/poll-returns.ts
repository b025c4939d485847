import type { Adapter, Polled } from '@portreeve/adapter-sdk'
import { FileInbox, type InboxFile, shownFileName } from '@portreeve/endpoints'
import { PortreeveError } from '@portreeve/errors'
import type { RecordFormat } from '@portreeve/formats'
import { checkFolder } from './check-folder.ts'
import { concernOf, strangersFault } from './errors.ts'
import type { HandedOver } from './handed-over.ts'
import { putAway, writeProblemFile } from './problem-file.ts'
import type { ResultsStore } from './results-store.ts'
import { type ReturnLines, readReturn } from './return-lines.ts'
import { type RequestResults, toCanonical } from './to-canonical.ts'

export interface PollReturnsOptions {
  readonly label: string
  readonly outFolder: string
  readonly returnsFolder: string
  readonly settleSeconds: number
  readonly format: RecordFormat
  readonly handedOver: HandedOver
  readonly results: ResultsStore
  /** For how long a file has stood still, in milliseconds. Default: a clock that nobody sets. */
  readonly now?: () => number
}

/**
 * What return files say of requests that were handed over: an answer for each request that a file speaks of. A file is put away once
 * each of its answers is durably accepted. What of a file cannot be used is told behind all that can.
 */
export function pollReturns(options: PollReturnsOptions): NonNullable<Adapter['poll']> {
  const { outFolder, returnsFolder, settleSeconds, handedOver, now } = options
  const inbox = new FileInbox({ folder: returnsFolder, settleMs: settleSeconds * 1000, ...(now && { now }) })
  return async function* poll(_cursor, signal) {
    for (const folder of [outFolder, returnsFolder]) await checkFolder(folder)
    let fault: unknown = null
    for (const file of await inbox.look()) {
      if (signal.aborted) return
      try {
        const lines = await readReturn(file, options.format, await handedOver.places(), signal)
        const problemFile = await writeProblemFile(file, lines)
        for (const polled of await answers(file, lines, options)) yield { polled, cursor: null }
        if (problemFile !== null) fault ??= problemsFault(file, lines, problemFile)
      } catch (error) {
        const concern = concernOf(error)
        if (concern === 'all') throw error
        if (concern === 'file') fault ??= error
      }
    }
    fault ??= strangersFault(inbox.strangers, returnsFolder)
    if (fault !== null) throw fault
  }
}

/** The answers that a return file brings; one without any is put away at once. */
async function answers(
  file: InboxFile,
  lines: ReturnLines,
  { label, handedOver, results }: PollReturnsOptions,
): Promise<readonly Polled[]> {
  const places = await handedOver.places()
  const requests: RequestResults[] = []
  const returned = { digest: lines.digest, modifiedMs: file.modifiedMs }
  for (const [name, news] of lines.news) {
    for (const [requestId, known] of await results.add(name, returned, news)) {
      requests.push({ requestId, persons: places.get(requestId)?.persons ?? known.size, results: known })
    }
  }
  if (requests.length === 0) await putAway(file, lines)
  const unsettled = new Set(requests)
  return requests.map((request) => ({
    message: toCanonical(request, label),
    fileName: shownFileName(file.name),
    async settle() {
      unsettled.delete(request)
      if (unsettled.size === 0) await putAway(file, lines)
    },
  }))
}

function problemsFault(file: InboxFile, { problemCount, isRefused }: ReturnLines, problemFile: string): PortreeveError {
  const told = { file: shownFileName(file.name), count: problemCount, problemFile }
  return new PortreeveError(isRefused ? 'PRV_ELECTORAL_RETURN_FILE' : 'PRV_ELECTORAL_RETURN_LINES', told)
}
