import fc from 'fast-check'
import { expect, it } from 'vitest'
import { expectAllThrough, expectPromisesKept } from '../testing/delivery-promises.ts'
import { DeliveryWorld, messagesOf } from '../testing/delivery-world.ts'
import { behaviours, KeyedBackOffice } from '../testing/keyed-back-office.ts'

const world = fc.record({
  reports: fc.array(
    fc.record({
      key: fc.constantFrom('a', 'b', 'c', 'd'),
      body: fc.constantFrom('good' as const, 'good' as const, 'good' as const, 'refused' as const, 'bad' as const),
    }),
    { minLength: 1, maxLength: 14 },
  ),
  script: fc.array(fc.constantFrom(...behaviours), { maxLength: 12 }),
  can: fc.record({ lookup: fc.boolean(), idempotentSend: fc.boolean(), keepsOrder: fc.boolean() }),
  sizes: fc.array(fc.integer({ min: 1, max: 8 }), { minLength: 1, maxLength: 6 }),
  ends: fc.array(
    fc.record({ after: fc.integer({ min: 0, max: 80 }), end: fc.constantFrom('crash' as const, 'stop' as const) }),
    { maxLength: 4 },
  ),
  deadLetterCrashes: fc.array(fc.integer({ min: 0, max: 30 }), { maxLength: 3 }),
  limits: fc.record({ maxMessages: fc.integer({ min: 1, max: 6 }), maxAsks: fc.integer({ min: 1, max: 4 }) }),
})

it('gives each message one outcome and one effect, in order per key, however adapter and machine behave', async () => {
  await fc.assert(
    fc.asyncProperty(world, async ({ reports, script, can, sizes, ends, deadLetterCrashes, limits }) => {
      const messages = messagesOf(reports)
      const lived = new DeliveryWorld(messages, new KeyedBackOffice(script), can, { limits })
      for (const { after, end } of ends) if ((await lived.live(after, sizes, end)) === 'done') break
      expect(await lived.live(Number.POSITIVE_INFINITY, sizes)).toBe('done')
      expectPromisesKept(lived, messages)
      for (const steps of deadLetterCrashes) if ((await lived.sendDeadLetters(steps)) === 'done') break
      await lived.sendDeadLetters()
      expectAllThrough(lived, messages)
    }),
    { numRuns: Number(process.env.PRV_PROPERTY_RUNS ?? 1500) },
  )
}, 120_000)
