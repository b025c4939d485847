import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { severalAtOnce } from './several-at-once.ts'

it('does a few at a time, and keeps the order of the tasks', async () => {
  let underWay = 0
  let most = 0
  const results = await severalAtOnce([30, 10, 20, 0, 5], 2, async (ms) => {
    most = Math.max(most, ++underWay)
    await sleep(ms)
    underWay--
    return `${ms}`
  })
  expect(results).toEqual(['30', '10', '20', '0', '5'])
  expect(most).toBe(2)
})

it('begins nothing after a fault, and ends what is under way before it rejects', async () => {
  const ended: number[] = []
  const doing = severalAtOnce([1, 2, 3, 4], 2, async (task) => {
    if (task === 1) throw new Error('enough')
    await sleep(20)
    ended.push(task)
  })
  await expect(doing).rejects.toThrow('enough')
  expect(ended).toEqual([2])
})
