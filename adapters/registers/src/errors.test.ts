import { PortreeveError } from '@portreeve/errors'
import { SourceRefused } from '@portreeve/formats'
import { describe, expect, it } from 'vitest'
import { fromProblem, fromReadFault, isPassing } from './errors.ts'

const problem = { code: 'X', path: '/record[3]/personBirthDate', line: 4, rule: 'date', value: 'Ada', sentence: 'Ada' }

describe('a record that cannot be read', () => {
  it('is told by file, line, column and rule, without its value', () => {
    const fault = fromProblem(problem, '/srv/per\nsons.csv')
    expect(fault.toJSON()).toMatchObject({
      code: 'PRV_REGISTERS_FILE',
      details: { file: '/srv/per\\u{a}sons.csv', line: 4, column: 'personBirthDate', rule: 'date' },
    })
    expect(JSON.stringify([fault, fault.message])).not.toContain('Ada')
  })

  it.each([
    ['/record[3]', 'the whole'],
    ['', 'the whole'],
  ])('that has no column (%j) is told as a whole', (path, column) => {
    expect(fromProblem({ ...problem, path }, 'f').details.column).toBe(column)
  })
})

it('a file that is refused as a whole is told in the same way; what is told already stays', () => {
  const refused = fromReadFault(new SourceRefused({ code: 'X', path: '', rule: 'column names', sentence: 's' }), 'f')
  expect(refused).toMatchObject({ details: { file: 'f', line: 1, column: 'the whole', rule: 'column names' } })
  const ours = new PortreeveError('PRV_REGISTERS_TOO_LONG', { file: 'f', maxRecords: 1 })
  expect(fromReadFault(ours, 'f')).toBe(ours)
})

it.each([
  ['PRV_ENDPOINTS_FILE_CHANGED', true],
  ['PRV_ENDPOINTS_FILE_FAILED', true],
  ['PRV_ENDPOINTS_STOPPED', true],
  ['PRV_REGISTERS_FILE', false],
  ['PRV_REGISTERS_TOO_LONG', false],
] as const)('%s may be over when the same file is read again: %s', (code, passing) => {
  expect(isPassing(new PortreeveError(code))).toBe(passing)
})
