import { describe, expect, it } from 'vitest'
import { openState } from './index.ts'

describe('cursors', () => {
  it('keeps the last cursor of each adapter', async () => {
    using state = openState({ path: ':memory:' })
    expect(await state.cursors.get('revenues')).toBeNull()
    await state.cursors.set('revenues', '1')
    await state.cursors.set('crm', 'x')
    await state.cursors.set('revenues', '2')
    expect(await state.cursors.get('revenues')).toBe('2')
    expect(await state.cursors.get('crm')).toBe('x')
  })
})
