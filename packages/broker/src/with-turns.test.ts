import { expect, it } from 'vitest'
import { withTurns } from './with-turns.ts'

async function* atHand(count: number, onReturn = () => {}) {
  try {
    for (let item = 0; item < count; item++) {
      const until = performance.now() + 2
      while (performance.now() < until);
      yield item
    }
  } finally {
    onReturn()
  }
}

it('gives the same items in the same order, and others a turn between them', async () => {
  let turns = 0
  let isOver = false
  const takeTurn = () => {
    turns++
    if (!isOver) setImmediate(takeTurn)
  }
  setImmediate(takeTurn)
  expect(await Array.fromAsync(withTurns(atHand(100)))).toEqual(Array.from({ length: 100 }, (_, item) => item))
  isOver = true
  expect(turns).toBeGreaterThan(5)
})

it('closes what it reads from when it is not wanted any more', async () => {
  let closed = false
  const items = withTurns(
    atHand(10, () => {
      closed = true
    }),
  )
  await items.next()
  await items.return()
  expect(closed).toBe(true)
})
