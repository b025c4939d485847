import { expect, it } from 'vitest'
import { goodProcess, lint } from './testing/lint-example.ts'

const broker = (layoutFile: string) =>
  goodProcess['broker.yaml'].replace('adapter: almanac', `adapter: almanac\n    layoutFile: ${layoutFile}`)
const bad = 'format: csv\nfields:\n  - name: a\n    width: 3\n'
const fault = 'bad-layout: fields.0: CSV has no width. | Take it out, or use maxLength.'

it('tells of a layout that cannot be used, with its place, whether it is used yet or not', async () => {
  expect(await lint({ ...goodProcess, 'layouts/list.yaml': bad })).toEqual([`layouts/list.yaml:3:5 ${fault}`])
})

it('tells of a layout elsewhere that a setting names, and once of one that a setting names too', async () => {
  const elsewhere = { ...goodProcess, 'broker.yaml': broker('other/list.yaml'), 'other/list.yaml': bad }
  expect(await lint(elsewhere)).toEqual([`other/list.yaml:3:5 ${fault}`])
  const named = { ...goodProcess, 'broker.yaml': broker('layouts/list.yaml'), 'layouts/list.yaml': bad }
  expect(await lint(named)).toEqual([`layouts/list.yaml:3:5 ${fault}`])
})

it('tells of a layout that is not there, at the setting that names it', async () => {
  expect(await lint({ ...goodProcess, 'broker.yaml': broker('layouts/none.yaml') })).toEqual([
    'broker.yaml:20:17 bad-layout: There is no record layout layouts/none.yaml. | Write it, or correct the path: it is meant from the folder of broker.yaml.',
  ])
})

it('tells of a layout that is no YAML', async () => {
  const [problem] = await lint({ ...goodProcess, 'layouts/list.yaml': 'format: [' })
  expect(problem).toMatch(/^layouts\/list\.yaml:\d+:\d+ yaml-syntax: /)
})

it('says nothing of a layout that can be used', async () => {
  expect(await lint({ ...goodProcess, 'layouts/list.yaml': 'format: csv\nfields:\n  - name: a\n' })).toEqual([])
})
