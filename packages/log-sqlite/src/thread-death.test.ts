import { once } from 'node:events'
import type { Worker } from 'node:worker_threads'
import { isPortreeveError } from '@portreeve/errors'
import type { Log } from '@portreeve/log'
import { describe, expect, it } from 'vitest'
import { openSqliteLog } from './open.ts'
import { temporaryFolder } from './temporary-folder.ts'
import { everything, record, topic, values } from './trial.ts'

/** A log and the thread that it works in. */
async function openWithThread(folder: string): Promise<{ log: Log; thread: Worker }> {
  const started = once(process, 'worker')
  const log = await openSqliteLog({ folder })
  const [thread] = await started
  return { log, thread }
}

/** The thread dies without a word at the next write: before it has looked at it, or when all is done but the answer. */
function dieAtNextWrite(thread: Worker, when: 'before' | 'after'): void {
  const post = thread.postMessage.bind(thread)
  thread.postMessage = (request, transfer) => {
    if (request.method !== 'write') return post(request, transfer)
    if (when === 'before') return void thread.terminate()
    thread.removeAllListeners('message').once('message', () => void thread.terminate())
    post(request, transfer)
  }
}

async function codeOf(call: Promise<unknown>): Promise<string> {
  const answer = await call.catch((error: unknown) => error)
  return isPortreeveError(answer) ? answer.code : 'an answer'
}

describe('a log whose thread dies', () => {
  it.each([
    ['before the write is done', 'before', ['first']],
    ['when the write is done, but not answered', 'after', ['first', 'second', 'third']],
  ] as const)('leaves appends unknown %s, refuses all else and gives the folder free', async (_, when, onDisk) => {
    await using folder = await temporaryFolder()
    const { log, thread } = await openWithThread(folder.path)
    await log.createTopic({ name: topic })
    await log.append([record('first')])
    dieAtNextWrite(thread, when)
    const appends = [log.append([record('second')]), log.append([record('third')])]
    expect(await Promise.all(appends.map(codeOf))).toEqual(['PRV_LOG_APPEND_UNKNOWN', 'PRV_LOG_APPEND_UNKNOWN'])
    expect(await codeOf(log.append([record('fourth')]))).toBe('PRV_LOG_FAILED')
    expect(await codeOf(log.ranges(topic))).toBe('PRV_LOG_FAILED')
    await log.close()

    await using again = await openSqliteLog({ folder: folder.path })
    expect(values(await everything(again))).toEqual(onDisk)
    await again.append([record('goes on')])
  })
})
