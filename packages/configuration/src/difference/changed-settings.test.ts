import { expect, it } from 'vitest'
import { changedSettings } from './changed-settings.ts'

const office = {
  label: 'office',
  service: 'council-tax',
  administrators: ['a@example.org'],
  confirmWithinWorkingDays: null,
}
const crm = { label: 'crm', service: 'customer-services-with-a-long-name', administrators: ['b@example.org'] }

it('tells entries of a list by their label or name, what is other of each by key, and which came and went', () => {
  const changed = { ...office, confirmWithinWorkingDays: 3, administrators: ['a@example.org', 'c@example.org'] }
  expect(changedSettings({ systems: [office, crm] }, { systems: [crm, changed] })).toEqual([
    'systems.office.administrators has c@example.org, too.',
    'systems.office.confirmWithinWorkingDays is 3, was null.',
  ])
  expect(changedSettings({ systems: [office] }, { systems: [crm] })).toEqual([
    'systems has crm, too.',
    'systems has office no more.',
  ])
})

it('tells entries without a name by their number, and lists of words by what they gain and lose', () => {
  const one = { all: [{ field: 'body.a', equals: 'x' }, { field: 'body.b' }] }
  const other = { all: [{ field: 'body.a', equals: 'y' }, { field: 'body.b' }] }
  expect(changedSettings({ when: one }, { when: other })).toEqual(['when.all.1.equals is y, was x.'])
  expect(changedSettings({ holidays: ['2026-12-25'] }, { holidays: ['2026-12-28'] })).toEqual([
    'holidays has 2026-12-28, too.',
    'holidays has 2026-12-25 no more.',
  ])
  expect(changedSettings({ a: [1, 2] }, { a: [2, 1] })).toEqual(['a is in another order.'])
})

it('tells settings that were not there by key, and never cuts them in the middle', () => {
  const alert = { template: 'alert', to: Array.from({ length: 9 }, (_each, n) => `person-${n}@example.org`) }
  expect(changedSettings({ alert: null }, { alert })).toEqual([
    'alert.template is alert, was not set.',
    `alert.to is ${JSON.stringify(alert.to)}, was not set.`,
  ])
  expect(changedSettings({ alert }, {})[0]).toBe('alert.template is not set any more, was alert.')
  expect(changedSettings({ a: null }, { a: 1 })).toEqual(['a is 1, was null.'])
  expect(changedSettings({}, { a: {} })).toEqual(['a is {}, was not set.'])
  expect(changedSettings({}, { a: null })).toEqual(['a is null, was not set.'])
})
