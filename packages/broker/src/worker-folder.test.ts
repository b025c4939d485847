import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { openWorkerFolder } from './worker-folder.ts'

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'portreeve-worker-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  return join(folder, 'log')
}

it('gives a worker an id that stays the same after a restart, and each folder its own', async () => {
  const folder = await newFolder()
  const first = openWorkerFolder(folder)
  first.close()
  const again = openWorkerFolder(folder)
  again.close()
  expect(again.workerId).toBe(first.workerId)
  const other = openWorkerFolder(await newFolder())
  other.close()
  expect(other.workerId).not.toBe(first.workerId)
})

it('keeps a second one out while it is open', async () => {
  const folder = await newFolder()
  const first = openWorkerFolder(folder)
  expect(() => openWorkerFolder(folder)).toThrow(expect.objectContaining({ code: 'PRV_LOG_FOLDER_OWNED' }))
  first.close()
  openWorkerFolder(folder).close()
})
