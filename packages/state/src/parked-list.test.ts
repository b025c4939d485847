import { describe, expect, it } from 'vitest'
import { openState, type ParkedEntry } from './index.ts'

const since = new Date('2026-03-01T10:00:00Z')

function entry(key: string, offset: number, code = 'BA1'): ParkedEntry {
  const place = { topic: 't', partition: 0, offset }
  return { key, messageId: `m${offset}`, reference: `R-${offset}`, place, since, failure: { code, reason: 'why' } }
}

describe('list of parked keys', () => {
  it('shows the oldest first, page by page, of all receivers or of one', async () => {
    using state = openState({ path: ':memory:' })
    for (let offset = 1; offset <= 5; offset++) {
      await state.parked.park(offset % 2 === 0 ? 'r.crm' : 'r.voa', [entry(`k${offset}`, offset)])
    }
    const pages: string[][] = []
    for (let after: number | null = 0; after !== null; ) {
      const page = await state.parked.list({ after, limit: 2 })
      pages.push(page.keys.map(({ key }) => key))
      after = page.next
    }
    expect(pages).toEqual([['k1', 'k2'], ['k3', 'k4'], ['k5']])
    const { keys, next } = await state.parked.list({ receiver: 'r.crm', limit: 2 })
    expect(keys.map(({ key, receiver }) => [receiver, key])).toEqual([
      ['r.crm', 'k2'],
      ['r.crm', 'k4'],
    ])
    expect(next).toBeNull()
  })

  it('keeps every edited body beside the others, with who and why, and sends the last', async () => {
    let clock = since
    using state = openState({ path: ':memory:', now: () => clock })
    await state.parked.park('r.voa', [entry('k1', 1)])
    const first = { by: 'A. Officer', why: 'typing error', editedBody: Buffer.from('{"edited":1}') }
    const second = { by: 'B. Officer', why: 'still wrong', editedBody: Buffer.from('{"edited":2}') }
    await state.parked.release('r.voa', 'k1', first)
    expect(Buffer.from((await state.parked.nextReleased('r.voa'))?.editedBody ?? []).toString()).toBe('{"edited":1}')
    await state.parked.park('r.voa', [entry('k1', 1, 'BA2')])
    clock = new Date('2026-03-02T10:00:00Z')
    await state.parked.release('r.voa', 'k1', second)
    expect(Buffer.from((await state.parked.nextReleased('r.voa'))?.editedBody ?? []).toString()).toBe('{"edited":2}')
    await state.parked.settle('r.voa', 'm1')
    const shown = await state.parked.show('r.voa', 'k1')
    expect(shown).toMatchObject({
      state: 'settled',
      messages: [],
      events: [
        { what: 'parked', at: since, failure: { code: 'BA1' }, release: null },
        { what: 'released', at: since, release: { by: 'A. Officer', why: 'typing error' } },
        { what: 'parked', failure: { code: 'BA2' } },
        { what: 'released', at: clock, release: { by: 'B. Officer', why: 'still wrong' } },
        { what: 'settled', at: clock },
      ],
    })
    expect(await state.parked.eventsOf('r.voa', ['m1', 'm2'])).toEqual(shown?.events)
    expect(await state.parked.eventsOf('r.crm', ['m1'])).toEqual([])
    const bodies = shown?.events.flatMap(({ release }) => (release?.editedBody ? [release.editedBody] : []))
    expect(bodies?.map((body) => Buffer.from(body).toString())).toEqual(['{"edited":1}', '{"edited":2}'])
  })

  it('sends the original of a message that was never edited, behind one that was too', async () => {
    using state = openState({ path: ':memory:' })
    await state.parked.park('r.voa', [entry('k1', 1), entry('k1', 2)])
    await state.parked.release('r.voa', 'k1', { by: 'A', why: 'b', editedBody: Buffer.from('edited') })
    await state.parked.settle('r.voa', 'm1')
    expect(await state.parked.nextReleased('r.voa')).toMatchObject({ messageId: 'm2', editedBody: null })
  })

  it('knows nothing of a key that was never parked', async () => {
    using state = openState({ path: ':memory:' })
    expect(await state.parked.show('r.voa', 'k1')).toBeNull()
  })

  it('forgets what is old of keys that are free, and nothing of a key that still waits', async () => {
    let clock = since
    using state = openState({ path: ':memory:', now: () => clock })
    await state.parked.park('r.voa', [entry('free', 1), entry('waits', 2)])
    await state.parked.settle('r.voa', 'm1')
    clock = new Date('2026-04-01T00:00:00Z')
    expect(await state.parked.forget(since)).toBe(0)
    expect(await state.parked.forget(clock)).toBe(2)
    expect(await state.parked.show('r.voa', 'free')).toBeNull()
    expect(await state.parked.show('r.voa', 'waits')).toMatchObject({ events: [{ what: 'parked' }] })
  })
})
