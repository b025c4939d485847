import { setImmediate as nextTurn } from 'node:timers/promises'
import { type InboxFile, readUnchanged, shownPath } from '@portreeve/endpoints'
import { PortreeveError } from '@portreeve/errors'
import { type RecordLayout, type RecordValues, recordFormat } from '@portreeve/formats'
import { fromProblem, fromReadFault } from './errors.ts'

/** What is configured for every register of an instance. */
export interface RegisterOptions {
  readonly encoding: NonNullable<RecordLayout['encoding']>
  readonly maxRecords: number
  readonly signal: AbortSignal
}

/** How long reading may keep everything else waiting, in milliseconds. */
const turnMs = 10

export interface ReadRegisterOptions extends Omit<RegisterOptions, 'encoding'> {
  readonly layout: RecordLayout
  /** Takes a record in; answers with the column that may not be there twice and is. */
  readonly take: (values: RecordValues) => string | null
}

/**
 * Reads a file to its end. Rejects with `PRV_REGISTERS_FILE`, `…_TOO_LONG`, `PRV_ENDPOINTS_FILE_…`: what was taken in before
 * must not be used then.
 */
export async function readRegister(file: InboxFile, options: ReadRegisterOptions): Promise<void> {
  const { layout, maxRecords, signal, take } = options
  let records = 0
  let turnBegan = performance.now()
  try {
    for await (const { line, value, problems } of recordFormat(layout).records(readUnchanged(file), { signal })) {
      records++
      if (performance.now() - turnBegan > turnMs) {
        await nextTurn()
        turnBegan = performance.now()
      }
      if (value === undefined) throw fromProblem(problems[0], file.path)
      if (records > maxRecords) {
        throw new PortreeveError('PRV_REGISTERS_TOO_LONG', { file: shownPath(file.path), maxRecords })
      }
      const twice = take(value)
      if (twice !== null) throw fault(file, line, twice, 'it is there twice')
    }
  } catch (cause) {
    throw fromReadFault(cause, file.path)
  }
  // An export that failed looks like this; a council without a single address does not exist.
  if (records === 0) throw fault(file, 1, 'the whole', 'there is no record in it')
}

function fault({ path }: InboxFile, line: number, column: string, rule: string): PortreeveError {
  return new PortreeveError('PRV_REGISTERS_FILE', { file: shownPath(path), line, column, rule })
}
