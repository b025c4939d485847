import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { openState, type ParkedEntry, type SentBatch } from './index.ts'

const decision = { by: 'A. Officer', why: 'asked them' }
const unknown = { code: 'PRV_CORE_OUTCOME_UNKNOWN', reason: 'no answer' }
const batch: SentBatch = { batchId: 'b1', topic: 't', partition: 0, offsets: [3, 5, 9], edited: false }

function entry(offset: number, sentAs?: SentBatch): ParkedEntry {
  return {
    key: `k${offset}`,
    messageId: `m${offset}`,
    reference: 'R',
    place: { topic: 't', partition: 0, offset },
    since: new Date(0),
    failure: unknown,
    ...(sentAs && { sentAs }),
  }
}

it('keeps the batch that a message may have been taken in, over a restart, until the last of its messages is settled', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'state-'))
  const path = join(folder, 'state.db')
  try {
    {
      using state = openState({ path })
      await state.parked.park('r', [entry(5, batch), entry(9, batch)])
      await state.parked.release('r', 'k5', decision)
    }
    using state = openState({ path })
    expect((await state.parked.nextReleased('r'))?.sentAs).toEqual({ ...batch, editedBody: null })
    expect((await state.parked.list()).keys.map(({ first }) => first.batchId)).toEqual(['b1', 'b1'])
    await state.parked.settle('r', 'm5')
    await state.parked.release('r', 'k9', decision)
    expect((await state.parked.nextReleased('r'))?.sentAs).toMatchObject({ batchId: 'b1' })
    await state.parked.settle('r', 'm9')
    expect(await state.parked.lowestPlaces()).toEqual([])
  } finally {
    rmSync(folder, { recursive: true })
  }
})

it('lets the log keep the whole batch, not only the message that waits', async () => {
  using state = openState({ path: ':memory:' })
  await state.parked.park('r', [entry(9, batch)])
  const offsets = (await state.parked.lowestPlaces()).map(({ offset }) => offset)
  expect(Math.min(...offsets)).toBe(3)
})

it('forgets the question once it fails for a reason that is known, and frees what the log kept for it', async () => {
  using state = openState({ path: ':memory:' })
  await state.parked.park('r', [entry(9, batch)])
  await state.parked.release('r', 'k9', decision)
  await state.parked.park('r', [{ ...entry(9), failure: { code: 'BAD', reason: 'no report' } }])
  await state.parked.release('r', 'k9', decision)
  expect(await state.parked.nextReleased('r')).toMatchObject({ sentAs: null, failure: { code: 'BAD' } })
  expect((await state.parked.lowestPlaces()).map(({ offset }) => offset)).toEqual([9])
})

it('asks about what was sent, and sends what was edited since', async () => {
  using state = openState({ path: ':memory:' })
  const text = (body: Uint8Array | null | undefined) => body && Buffer.from(body).toString()
  await state.parked.park('r', [{ ...entry(9), failure: { code: 'BAD', reason: 'no report' } }])
  await state.parked.release('r', 'k9', { ...decision, editedBody: Buffer.from('first edit') })
  const sent = { batchId: 'b2', topic: 't', partition: 0, offsets: [9], edited: true }
  await state.parked.park('r', [entry(9, sent)])
  await state.parked.release('r', 'k9', { ...decision, editedBody: Buffer.from('second edit') })
  const next = await state.parked.nextReleased('r')
  expect([text(next?.editedBody), next?.sentAs?.batchId, text(next?.sentAs?.editedBody)]).toEqual([
    'second edit',
    'b2',
    'first edit',
  ])
  // Still nobody knows: the question stays what it was.
  await state.parked.park('r', [entry(9, sent)])
  await state.parked.release('r', 'k9', decision)
  expect(text((await state.parked.nextReleased('r'))?.sentAs?.editedBody)).toBe('first edit')
})
