import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { InboxFile } from '@portreeve/endpoints'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { InHand } from './in-hand.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'portreeve-in-hand-'))
})
afterEach(() => rm(folder, { recursive: true }))

function file(inode: number): InboxFile {
  const name = `${inode}.xml`
  const modifiedMs = 1_772_357_400_000
  const times = { modifiedMs, changedMs: modifiedMs, bornMs: modifiedMs }
  return { name, path: join(folder, name), inode, sizeBytes: 9, ...times }
}

it('remembers over a restart what was picked up and not put down, and nothing else', async () => {
  const hand = new InHand(folder)
  expect(await hand.pickUp(file(1), 'a')).toBe(false)
  expect(await hand.pickUp(file(2), 'b')).toBe(false)
  await hand.putDown(file(2), 'b')
  const after = new InHand(folder)
  expect(await after.pickUp(file(1), 'a')).toBe(true)
  expect(await after.pickUp(file(1), 'other bytes')).toBe(false)
  expect(await after.pickUp(file(2), 'b')).toBe(false)
})

it('forgets the oldest of more than a hundred that were never put down, not the newest', async () => {
  const hand = new InHand(folder)
  for (let inode = 0; inode <= 100; inode += 1) await hand.pickUp(file(inode), 'a')
  expect(await hand.pickUp(file(100), 'a'), 'the newest').toBe(true)
  expect(await hand.pickUp(file(1), 'a'), 'the hundredth').toBe(true)
  expect(await hand.pickUp(file(0), 'a'), 'the oldest').toBe(false)
})

it('knows what an earlier version had in the hand, and leaves no note of it behind', async () => {
  const note = '{"inode":7,"modifiedMs":1772357400000,"sizeBytes":9,"digest":"a"}'
  await writeFile(join(folder, '.in-hand.json'), note)
  const hand = new InHand(folder)
  await hand.pickUp(file(8), 'b')
  expect(await readdir(folder)).toEqual(['.in-hand.jsonl'])
  expect(await hand.pickUp(file(7), 'a')).toBe(true)
  await hand.putDown(file(8), 'b')
  await hand.putDown(file(7), 'a')
  expect(await readdir(folder)).toEqual([])

  await writeFile(join(folder, '.in-hand.json'), note)
  expect(await hand.pickUp(file(7), 'a')).toBe(true)
  await hand.putDown(file(7), 'a')
  expect(await readdir(folder)).toEqual([])
})
