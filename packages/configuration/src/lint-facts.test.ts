import { expect, it } from 'vitest'
import { goodProcess, lint } from './testing/lint-example.ts'

const file = 'quality/change.yaml'
const told = (from: string, to: string) => lint({ ...goodProcess, [file]: goodProcess[file].replace(from, to) })

it('tells of a fact that there is not, where it stands in its condition', async () => {
  const [problem, ...more] = await told('facts.persons, moreThan', 'facts.people, moreThan')
  expect(problem).toMatch(
    /^quality\/change\.yaml:4:74 unknown-fact: There is no fact "facts\.people"\. \| Use one of: facts\.daysSinceMove, .*facts\.persons\.$/,
  )
  expect(more).toEqual([])
})

it.each([
  ['persons', ', persons: register', '4:74', 'facts.persons'],
  ['addresses', 'addresses: register, ', '7:20', 'facts.address.placesLeft'],
])('tells of a fact for which nobody is asked: %s', async (question, from, place, fact) => {
  expect(await told(from, '')).toEqual([
    `quality/change.yaml:${place} unknown-fact: Nobody is asked for "${fact}", so this rule never holds. | Name under ask.${question} an adapter that answers requests.`,
  ])
})
