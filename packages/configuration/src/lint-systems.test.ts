import { expect, it } from 'vitest'
import { goodProcess, lint, load } from './testing/lint-example.ts'

const file = 'processes/once.yaml'

/** What is told of the process when this stands in the place of that. */
function told(from: string, to: string, more: Readonly<Record<string, string>> = {}) {
  return lint({ ...goodProcess, ...more, [file]: goodProcess[file].replace(from, to) })
}

it('says nothing of a process that can do all it says', async () => {
  expect((await load(goodProcess)).problems).toEqual([])
})

it('tells of a process that nothing would ever start', async () => {
  const broker = goodProcess['broker.yaml'].replace(/^door:.*\n/m, '')
  const problems = await told('', '', { 'broker.yaml': broker })
  expect(problems).toContainEqual(
    expect.stringMatching(
      /^processes\/once\.yaml:1:13 type-not-published: Nothing publishes customer\.address\.changed, so the process never begins\. \| Open a door/,
    ),
  )
})

it('tells of a confirmation that would never come', async () => {
  const broker = goodProcess['broker.yaml'].replace('adapter: court', 'adapter: pigeon')
  const [problem] = await told('', '', { 'broker.yaml': broker })
  expect(problem).toBe(
    'processes/once.yaml:11:5 never-confirms: crm (pigeon) never brings customer.address-update.answered, so a person would be called for each transaction. | Take confirmWithinWorkingDays out: then what was delivered is done.',
  )
})

it('warns when the last of the holidays is over', async () => {
  const now = new Date('2027-02-01T12:00:00Z')
  expect(await lint(goodProcess, { now })).toEqual([
    'processes/once.yaml:7:1 warning no-calendar: The last of the holidays was 2027-01-01: from then on, bank holidays count as working days. | Add those to come: https://www.gov.uk/bank-holidays.',
  ])
  expect(await lint(goodProcess, { now: new Date('2027-01-01T23:00:00Z') })).toEqual([])
})

it('warns of a system whose trouble nobody is told', async () => {
  expect(await told('    administrators: [crm@example.org]\n', '')).toEqual([
    'processes/once.yaml:9:3 warning nobody-told: Nobody is told when crm needs a person. | Add "administrators": a list of e-mail addresses.',
  ])
})

it('warns of administrators whom no e-mail could tell', async () => {
  expect(await told('alert: help\n', '')).toEqual([
    'processes/once.yaml:11:5 warning nobody-told: The administrators are not told of anything: the process has no "alert". | Add "alert": the name of a template of e-mails.',
  ])
})
