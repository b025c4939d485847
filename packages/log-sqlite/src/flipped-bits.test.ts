import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isPortreeveError } from '@portreeve/errors'
import { describe, expect, it } from 'vitest'
import { openEngine } from './engine.ts'
import { fromDatabase } from './errors.ts'
import { openSqliteLog } from './open.ts'
import type { Handlers } from './protocol.ts'
import { FILE, PAGE_BYTES } from './store.ts'
import { temporaryFolder } from './temporary-folder.ts'
import { record, topic } from './trial.ts'

const flips = Number(process.env.PORTREEVE_FLIPS ?? 150)
const told = ['PRV_LOG_FILE_DAMAGED', 'PRV_LOG_RECORD_CORRUPT', 'PRV_LOG_FOLDER_FOREIGN', 'PRV_LOG_FOLDER_NEWER']

/** All that can be asked of a log, as text. Throws what the engine throws. */
async function contents(handlers: Handlers): Promise<string> {
  const topics = handlers.topics(undefined)
  const parts: unknown[] = [topics, handlers.groups(undefined), handlers.positions('g')]
  for (const { name } of topics) {
    for (const { partition, start, end } of handlers.ranges(name)) {
      const pieces: Buffer[] = []
      for (let from = start; from < end; ) {
        const limits = { maxRecords: 50, maxBytes: 100_000, waitMs: 0, lingerMs: 0, now: 0 }
        const { packed, next } = await handlers.fetch({ fetch: from, topic: name, partition, from, ...limits })
        pieces.push(Buffer.from(packed))
        from = next
      }
      // However many pieces it came in: damage ends a piece early.
      parts.push(Buffer.concat(pieces).toString('base64'))
    }
  }
  return JSON.stringify(parts)
}

async function tryToRead(folder: string): Promise<string> {
  let handlers: Handlers | undefined
  try {
    handlers = openEngine({ folder, maxPageCount: null })
    return await contents(handlers)
  } catch (raw) {
    const error = fromDatabase(raw, folder)
    if (isPortreeveError(error)) return error.code
    throw error
  } finally {
    await handlers?.close(undefined)
  }
}

describe('a file in which one bit was flipped', () => {
  it(`reads exactly as before, or tells that it is damaged: ${flips} bits, seeded`, { timeout: 600_000 }, async () => {
    await using folder = await temporaryFolder()
    const [sound, trial] = [join(folder.path, 'sound'), join(folder.path, 'trial')]
    const log = await openSqliteLog({ folder: sound })
    await log.createTopic({ name: topic, partitions: 3 })
    for (let n = 0; n < 60; n++) await log.append([{ ...record('y'.repeat(20 + n * 9), `k${n}`), partition: n % 3 }])
    await log.seek('g', { topic, partition: 1, offset: 7 })
    await log.close()
    cpSync(sound, trial, { recursive: true })
    const expected = await tryToRead(trial)
    const bytes = readFileSync(join(sound, FILE))
    let seed = 20_261_123
    const random = (below: number) => {
      seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0
      return Math.floor((seed / 2 ** 32) * below)
    }
    const answers = new Map<string, number>()
    // Where SQLite keeps the kind of its pages, and anywhere.
    const kinds = Array.from({ length: bytes.length / PAGE_BYTES }, (_, page) => (page === 0 ? 100 : page * PAGE_BYTES))
    const anywhere = Array.from({ length: flips }, () => random(bytes.length))
    for (const at of [...kinds, ...anywhere]) {
      cpSync(sound, trial, { recursive: true, force: true })
      const bit = random(8)
      const changed = Buffer.from(bytes)
      changed.writeUInt8(changed.readUInt8(at) ^ (1 << bit), at)
      writeFileSync(join(trial, FILE), changed)
      const answer = await tryToRead(trial)
      const kind = answer === expected ? 'as before' : answer
      if (kind !== 'as before') expect(told, `bit ${bit} of byte ${at}`).toContain(kind)
      answers.set(kind, (answers.get(kind) ?? 0) + 1)
    }
    // Both must have happened, or the test tries nothing.
    expect(answers.get('as before')).toBeGreaterThan(0)
    expect(answers.get('PRV_LOG_RECORD_CORRUPT')).toBeGreaterThan(0)
    expect(answers.get('PRV_LOG_FILE_DAMAGED')).toBeGreaterThan(0)
  })
})
