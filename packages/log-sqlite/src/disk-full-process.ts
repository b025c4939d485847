// Runs under a limit on file sizes, fills the log, lifts the limit and goes on: see disk-full.test.ts.
import { execFileSync } from 'node:child_process'
import { isPortreeveError } from '@portreeve/errors'
import { openSqliteLog } from './open.ts'
import { everything, record, topic } from './trial.ts'

await using log = await openSqliteLog({ folder: process.argv[2] ?? '' })
await log.createTopic({ name: topic })
const value = Buffer.alloc(2000, '.')
let taken = 0

async function appendUntilRefused(): Promise<string> {
  try {
    for (; ; taken += 2) await log.append([record(value), record(value)])
  } catch (error) {
    if (isPortreeveError(error)) return error.code
    throw error
  }
}

const code = await appendUntilRefused()
const readBack = (await everything(log)).length
const again = await appendUntilRefused()
execFileSync('prlimit', ['--pid', String(process.pid), '--fsize=unlimited'])
await log.append([record('space again')])
const afterwards = (await everything(log)).length
console.log(JSON.stringify({ code, taken, readBack, again, afterwards }))
