import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { openState } from './index.ts'

const action = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('arrive' as const),
      key: fc.constantFrom('a', 'b', 'c'),
      bad: fc.boolean(),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('release' as const), key: fc.constantFrom('a', 'b', 'c') }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('send' as const), fails: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('restart' as const) }) },
)

it('keeps the order of every key, whatever arrives, fails, is released, and however often it is started again', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(action, { maxLength: 60 }), async (actions) => {
      const folder = mkdtempSync(join(tmpdir(), 'state-'))
      const path = join(folder, 'state.db')
      let state = openState({ path })
      const delivered: Record<string, number[]> = { a: [], b: [], c: [] }
      const arrived: Record<string, number[]> = { a: [], b: [], c: [] }
      const sendNext = async (fails: boolean) => {
        const next = await state.parked.nextReleased('r')
        if (next === null) return false
        const { sentAs: _, ...entry } = next
        if (fails) await state.parked.park('r', [{ ...entry, failure: { code: 'BAD', reason: 'again' } }])
        else {
          delivered[next.key]?.push(next.place.offset)
          await state.parked.settle('r', next.messageId)
        }
        return true
      }
      const releaseIfParked = async (key: string) => {
        if ((await state.parked.show('r', key))?.state === 'parked')
          await state.parked.release('r', key, { by: 'x', why: 'y' })
      }
      try {
        for (const [offset, step] of actions.entries()) {
          if (step.do === 'arrive') {
            const { key, bad } = step
            arrived[key]?.push(offset)
            const queues = (await state.parked.parkedKeys('r', [key])).has(key)
            const failure = bad && !queues ? { failure: { code: 'BAD', reason: 'first' } } : {}
            const place = { topic: 't', partition: 0, offset }
            const entry = { key, messageId: `m${offset}`, reference: '', place, since: new Date(0), ...failure }
            if (queues || bad) await state.parked.park('r', [entry])
            else delivered[key]?.push(offset)
          } else if (step.do === 'release') await releaseIfParked(step.key)
          else if (step.do === 'send') await sendNext(step.fails)
          else {
            state.close()
            state = openState({ path })
          }
        }
        for (const key of ['a', 'b', 'c']) await releaseIfParked(key)
        while (await sendNext(false));
        expect(delivered).toEqual(arrived)
        expect((await state.parked.parkedKeys('r', ['a', 'b', 'c'])).size).toBe(0)
      } finally {
        state.close()
        rmSync(folder, { recursive: true })
      }
    }),
    { numRuns: 40 },
  )
}, 60_000)
