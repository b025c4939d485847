import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseRecordLayout } from '@portreeve/formats'
import { afterAll, expect, it } from 'vitest'
import { inspectLayouts } from './inspect-layouts.ts'
import { readLayouts } from './layouts.ts'
import { outgoingNames, ownLayout, ownReturnLayout, returnNames } from './vendor-types.ts'

const root = await mkdtemp(join(tmpdir(), 'electoral-layouts-'))
afterAll(() => rm(root, { recursive: true }))
const folders = { outFolder: root, returnsFolder: root }
const file = join(root, 'layout.yaml')

it.each([
  ['layoutFile', 'personFamilyName', 'it has no field requestId'],
  ['layoutFile', 'requestId, colour', 'it has a field colour'],
  ['returnLayoutFile', 'requestId', 'it has no field status'],
  ['returnLayoutFile', 'requestId, status, colour', 'it has a field colour'],
])('%s with the fields %s is refused: %s', async (setting, names, reason) => {
  const fields = names.split(', ').map((name) => ({ name }))
  await writeFile(file, JSON.stringify({ format: 'csv', fields }))
  const refused = readLayouts({ ...folders, [setting]: file })
  await expect(refused).rejects.toMatchObject({ code: 'PRV_ELECTORAL_LAYOUT', details: { file } })
  await expect(refused).rejects.toThrow(reason)
})

it('a constant may be called anything', async () => {
  const fields = [{ name: 'requestId' }, { name: 'kind', const: 'D' }]
  await writeFile(file, JSON.stringify({ format: 'csv', fields }))
  expect((await readLayouts({ ...folders, layoutFile: file })).outgoing.fields).toEqual(fields)
})

it('our own layouts keep the rules that a council’s must keep', async () => {
  expect(await readLayouts(folders)).toEqual({ outgoing: ownLayout, returned: ownReturnLayout })
  expect(ownLayout.fields.filter(({ name }) => !outgoingNames.includes(name))).toEqual([])
  expect(
    ownReturnLayout.fields.map(({ name }) => name).filter((name) => !returnNames.some((known) => known === name)),
  ).toEqual([])
  expect([ownLayout, ownReturnLayout].flatMap((layout) => parseRecordLayout(layout).faults)).toEqual([])
})

it('one that says nothing here is found before the broker runs, at the setting that names it', async () => {
  await writeFile(file, JSON.stringify({ format: 'csv', fields: [{ name: 'colour' }] }))
  const code = 'PRV_ELECTORAL_LAYOUT'
  expect(await inspectLayouts({ ...folders, returnLayoutFile: file })).toMatchObject({
    faults: [{ setting: 'returnLayoutFile', error: { code } }],
  })
  expect(await inspectLayouts(folders)).toEqual({ faults: [] })
})
