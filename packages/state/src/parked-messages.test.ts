import { describe, expect, it } from 'vitest'
import { openState, type ParkedEntry } from './index.ts'

const since = new Date('2026-03-01T10:00:00Z')
const decision = { by: 'A. Officer', why: 'the code list was wrong' }

function entry(key: string, offset: number, code?: string): ParkedEntry {
  const failure = code === undefined ? {} : { failure: { code, reason: `because of ${code}` } }
  return {
    key,
    messageId: `m${offset}`,
    reference: `R-${offset}`,
    place: { topic: 't', partition: 0, offset },
    since,
    ...failure,
  }
}

describe('parked messages', () => {
  it('makes later messages of a parked key queue behind it, at that receiver only', async () => {
    using state = openState({ path: ':memory:' })
    await state.parked.park('r.voa', [entry('k1', 1, 'BA1'), entry('k1', 2)])
    expect(await state.parked.parkedKeys('r.voa', ['k1', 'k2'])).toEqual(new Set(['k1']))
    expect(await state.parked.parkedKeys('r.crm', ['k1', 'k2'])).toEqual(new Set())
    expect(await state.parked.nextReleased('r.voa')).toBeNull()
  })

  it('hands a released key out oldest first, each until it is settled, and frees the key with the last', async () => {
    using state = openState({ path: ':memory:' })
    await state.parked.park('r.voa', [entry('k1', 1, 'BA1'), entry('k2', 2, 'BA2'), entry('k1', 3)])
    await state.parked.release('r.voa', 'k1', decision)
    await state.parked.park('r.voa', [entry('k1', 4)])
    for (const messageId of ['m1', 'm3', 'm4']) {
      expect(await state.parked.parkedKeys('r.voa', ['k1'])).toEqual(new Set(['k1']))
      expect(await state.parked.nextReleased('r.voa')).toMatchObject({ messageId, key: 'k1', editedBody: null })
      expect(await state.parked.nextReleased('r.voa')).toMatchObject({ messageId })
      expect(await state.parked.settle('r.voa', messageId)).toBe(true)
    }
    expect(await state.parked.nextReleased('r.voa')).toBeNull()
    expect(await state.parked.parkedKeys('r.voa', ['k1', 'k2'])).toEqual(new Set(['k2']))
  })

  it('settles once, and knows later what it settled', async () => {
    using state = openState({ path: ':memory:' })
    await state.parked.park('r.voa', [entry('k1', 1, 'BA1')])
    expect(await state.parked.settled('r.voa', ['m1'])).toEqual(new Set())
    await state.parked.release('r.voa', 'k1', decision)
    expect(await state.parked.settle('r.voa', 'm1')).toBe(true)
    expect(await state.parked.settle('r.voa', 'm1')).toBe(false)
    expect(await state.parked.settled('r.voa', ['m0', 'm1'])).toEqual(new Set(['m1']))
    expect(await state.parked.settled('r.crm', ['m1'])).toEqual(new Set())
  })

  it('parks the key again when its released message fails again, in its old place', async () => {
    using state = openState({ path: ':memory:' })
    await state.parked.park('r.voa', [entry('k1', 1, 'BA1'), entry('k1', 2)])
    await state.parked.release('r.voa', 'k1', decision)
    await state.parked.park('r.voa', [entry('k1', 1, 'BA9')])
    expect(await state.parked.nextReleased('r.voa')).toBeNull()
    const { keys } = await state.parked.list()
    expect(keys).toMatchObject([{ state: 'parked', behind: 1, first: { messageId: 'm1', failure: { code: 'BA9' } } }])
    await state.parked.release('r.voa', 'k1', decision)
    expect(await state.parked.nextReleased('r.voa')).toMatchObject({ messageId: 'm1' })
  })

  it('takes a redelivered record for what it is: nothing changes, nothing is told twice', async () => {
    using state = openState({ path: ':memory:' })
    const entries = [entry('k1', 1, 'BA1'), entry('k1', 2)]
    await state.parked.park('r.voa', entries)
    const before = await state.parked.show('r.voa', 'k1')
    await state.parked.park('r.voa', entries)
    expect(await state.parked.show('r.voa', 'k1')).toEqual(before)
    await state.parked.release('r.voa', 'k1', decision)
    await state.parked.park('r.voa', [entry('k1', 1), entry('k1', 2)])
    expect(await state.parked.nextReleased('r.voa')).toMatchObject({ messageId: 'm1', failure: { code: 'BA1' } })
  })

  it('lets a message go at once that queued behind a key which was freed meanwhile', async () => {
    using state = openState({ path: ':memory:' })
    await state.parked.park('r.voa', [entry('k1', 7)])
    expect(await state.parked.nextReleased('r.voa')).toMatchObject({ messageId: 'm7', failure: null })
  })

  it('releases only what waits for a decision', async () => {
    using state = openState({ path: ':memory:' })
    const refused = { code: 'PRV_STATE_KEY_NOT_PARKED', details: { receiver: 'r.voa' } }
    await expect(state.parked.release('r.voa', 'k1', decision)).rejects.toMatchObject(refused)
    await state.parked.park('r.voa', [entry('k1', 1, 'BA1')])
    await expect(state.parked.release('r.crm', 'k1', decision)).rejects.toMatchObject({
      details: { receiver: 'r.crm' },
    })
    await state.parked.release('r.voa', 'k1', decision)
    await expect(state.parked.release('r.voa', 'k1', decision)).rejects.toMatchObject(refused)
  })

  it('releases only the message that was decided about, while it is the oldest of its key', async () => {
    using state = openState({ path: ':memory:' })
    await state.parked.park('r.voa', [entry('k1', 1, 'BA1'), entry('k1', 2, 'BA2')])
    const other = { code: 'PRV_STATE_OTHER_MESSAGE', details: { receiver: 'r.voa' } }
    await expect(state.parked.release('r.voa', 'k1', { ...decision, messageId: 'm2' })).rejects.toMatchObject(other)
    expect(await state.parked.nextReleased('r.voa')).toBeNull()
    await state.parked.release('r.voa', 'k1', { ...decision, messageId: 'm1' })
    expect(await state.parked.nextReleased('r.voa')).toMatchObject({ messageId: 'm1' })
  })

  it('parks all of a call or nothing', async () => {
    using state = openState({ path: ':memory:' })
    const broken = { ...entry('k2', 2, 'BA2'), place: { topic: 't', partition: 0, offset: Number.NaN } }
    await expect(state.parked.park('r.voa', [entry('k1', 1, 'BA1'), broken])).rejects.toThrow()
    expect((await state.parked.list()).keys).toEqual([])
  })

  it('says from where on the log must keep its records, per topic and partition', async () => {
    using state = openState({ path: ':memory:' })
    const elsewhere = { ...entry('k3', 3, 'BA3'), place: { topic: 't', partition: 1, offset: 90 } }
    await state.parked.park('r.voa', [entry('k2', 20, 'BA2'), entry('k1', 10, 'BA1'), elsewhere])
    await state.parked.park('r.crm', [entry('k1', 15, 'BA1')])
    expect(await state.parked.lowestPlaces()).toEqual([
      { topic: 't', partition: 0, offset: 10 },
      { topic: 't', partition: 1, offset: 90 },
    ])
    await state.parked.settle('r.voa', 'm10')
    expect((await state.parked.lowestPlaces())[0]).toMatchObject({ offset: 15 })
  })

  it('hands out a message that is discarded as such, then what queued behind it, and keeps who decided and why', async () => {
    using state = openState({ path: ':memory:' })
    await state.parked.park('r.voa', [entry('k1', 1, 'BA1'), entry('k1', 2)])
    await state.parked.release('r.voa', 'k1', { ...decision, discards: true })
    expect(await state.parked.nextReleased('r.voa')).toMatchObject({ messageId: 'm1', discarded: decision })
    await state.parked.settle('r.voa', 'm1')
    expect(await state.parked.nextReleased('r.voa')).toMatchObject({ messageId: 'm2', discarded: null })
    const events = (await state.parked.show('r.voa', 'k1'))?.events ?? []
    expect(events.find(({ what }) => what === 'released')?.release).toEqual({ ...decision, discards: true })
  })

  it('goes by the last decision about a message', async () => {
    using state = openState({ path: ':memory:' })
    await state.parked.park('r.voa', [entry('k1', 1, 'BA1')])
    await state.parked.release('r.voa', 'k1', decision)
    await state.parked.park('r.voa', [entry('k1', 1, 'BA1')])
    await state.parked.release('r.voa', 'k1', { ...decision, discards: true })
    expect((await state.parked.nextReleased('r.voa'))?.discarded).toEqual(decision)
  })

  it('keeps what became of a message until it is settled or parked again', async () => {
    using state = openState({ path: ':memory:' })
    await state.parked.park('r.voa', [entry('k1', 1, 'BA1')])
    await state.parked.release('r.voa', 'k1', decision)
    expect((await state.parked.nextReleased('r.voa'))?.outcome).toBeNull()
    await state.parked.conclude('r.voa', 'm1', 'delivered')
    expect((await state.parked.nextReleased('r.voa'))?.outcome).toBe('delivered')
    await state.parked.park('r.voa', [entry('k1', 1, 'BA2')])
    await state.parked.release('r.voa', 'k1', decision)
    expect((await state.parked.nextReleased('r.voa'))?.outcome).toBeNull()
  })

  it('says why those of some messages wait that do, and why not those that do not', async () => {
    using state = openState({ path: ':memory:' })
    await state.parked.park('r.voa', [entry('k1', 1, 'BA1'), entry('k1', 2), entry('k2', 3, 'BA3')])
    await state.parked.release('r.voa', 'k2', decision)
    await state.parked.settle('r.voa', 'm3')
    const why = await state.parked.waiting('r.voa', ['m1', 'm2', 'm3', 'm4'])
    expect([...why]).toEqual([
      ['m1', { code: 'BA1', reason: 'because of BA1' }],
      ['m2', null],
    ])
    expect((await state.parked.waiting('r.crm', ['m1'])).size).toBe(0)
  })
})
