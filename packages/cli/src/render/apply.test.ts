import type { Applied } from '@portreeve/broker'
import { expect, it } from 'vitest'
import { plainLook } from '../testing/example-answers.ts'
import { renderApplied } from './apply.ts'

const applied: Applied = {
  before: '0123456789ab',
  after: 'ba9876543210',
  changes: [{ group: 'adapters', name: 'voa', kind: 'changed', sentences: ['timeoutSeconds is 10, was 30.'] }],
  consequences: [],
  opened: ['voa'],
}

it('tells what a broker has taken over, what is other now, and which adapters were opened', () => {
  expect(renderApplied(applied, plainLook)).toMatchInlineSnapshot(`
    "The broker works with ba9876543210 now; before: 0123456789ab.

    Adapters
      voa  other
        timeoutSeconds is 10, was 30.

    Opened anew: voa."
  `)
})

it('tells of a secret that is another one only which adapter was opened', () => {
  const same = { ...applied, after: applied.before, changes: [] }
  expect(renderApplied(same, plainLook)).toContain('Opened anew: voa.')
  expect(renderApplied({ ...same, opened: [] }, plainLook)).toBe(
    'Nothing is other: the broker works with 0123456789ab already.',
  )
})
