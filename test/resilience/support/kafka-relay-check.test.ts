import { describe, expect, it } from 'vitest'
import { problemsOf, type RelayFindings } from './kafka-relay-check.ts'

const names = ['a.1000.1', 'b.1000.1', 'a.1000.2', 'b.1000.2', 'a.2000.1']
const records = names.map((name) => ({ partition: 0, key: name.split('.')[0] ?? '', name }))
const sound: RelayFindings = { acknowledged: names, consumed: names, source: records, copies: records }

function without<T>(list: readonly T[], index: number): readonly T[] {
  return list.toSpliced(index, 1)
}

/** The last two of key `a` in each other's place. */
function reordered<T>(list: readonly T[]): readonly T[] {
  const [one, two] = [list[2], list[4]]
  return one === undefined || two === undefined ? [] : list.with(2, two).with(4, one)
}

describe('the check of what workers on a cluster have left', () => {
  it('finds nothing wrong where nothing is, though a record was handed out twice and another was never acknowledged', () => {
    expect(problemsOf(sound)).toEqual([])
    expect(problemsOf({ ...sound, consumed: [...names, ...names] })).toEqual([])
    expect(problemsOf({ ...sound, acknowledged: without(names, 0) })).toEqual([])
    expect(problemsOf({ ...sound, consumed: null })).toEqual([])
  })

  it.each<[string, Partial<RelayFindings>, string]>([
    ['a record that is gone', { source: without(records, 4) }, 'a.2000.1 was acknowledged and is lost'],
    ['a gap', { source: without(records, 0) }, 'a.1000.2 follows -.-'],
    ['a record written twice', { source: [...records, ...records] }, 'b.1000.2 stands 2 times in the source'],
    ['another order in the source', { source: reordered(records) }, 'a.1000.2 follows 2000.1'],
    [
      'a key in two partitions',
      { source: records.map((one, index) => ({ ...one, partition: index })) },
      'a.1000.2 stands in another partition than its key',
    ],
    ['a lost copy', { copies: without(records, 2) }, 'copies of a: 2 for 3; a.2000.1 for a.1000.2'],
    ['a doubled copy', { copies: [...records, ...records.slice(1, 2)] }, 'b.1000.1 stands 2 times among the copies'],
    ['another order of copies', { copies: reordered(records) }, 'copies of a: 3 for 3; a.2000.1 for a.1000.2'],
    [
      'a foreign copy',
      { copies: [...records, { partition: 0, key: 'c', name: 'c.1.1' }] },
      'copies of c: 1 for 0; c.1.1 for undefined',
    ],
    [
      'a record that nobody was handed',
      { consumed: without(names, 3) },
      'b.1000.2 was acknowledged and never handed out',
    ],
    [
      'a record that was taken back',
      { consumed: [...names, 'b.1000.3'] },
      'b.1000.3 was handed out and is not committed',
    ],
  ])('finds %s', (_, damage, problem) => {
    expect(problemsOf({ ...sound, ...damage })).toContain(problem)
  })
})
