import { expect, it } from 'vitest'
import { openState } from './index.ts'

it('gives all open instances of a process, page by page, whatever their key', () => {
  using state = openState({ path: ':memory:' })
  const instances = ['a', 'b', 'c', 'd'].map((id) => {
    const about = { process: 'moves', id, reference: id, key: `key of ${id}`, needsPerson: false, timers: [] }
    return { ...about, isOpen: id !== 'b', json: JSON.stringify(id) }
  })
  state.processes.apply('t', 0, 1, instances)
  const first = state.processes.allOpen('moves', { limit: 2 })
  expect(first.instances).toEqual(['"a"', '"c"'])
  expect(state.processes.allOpen('moves', { after: first.next ?? 0 })).toEqual({ instances: ['"d"'], next: null })
  expect(state.processes.allOpen('other')).toEqual({ instances: [], next: null })
})
