import { globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { expect, it } from 'vitest'
import { parse } from 'yaml'
import { root } from '../support/source-files.ts'

const folder = join(root, 'schemas')
const ajv = new Ajv2020({ strict: true, strictRequired: false, allowUnionTypes: true, validateFormats: false })
ajv.addKeyword('secret')
for (const file of globSync('*.schema.json', { cwd: folder })) {
  ajv.addSchema(JSON.parse(readFileSync(join(folder, file), 'utf8')), file)
}

const files = globSync('config/**/*.yaml', { cwd: root }).sort()

it('are found for the files of the examples', () => {
  expect(files.length).toBeGreaterThan(15)
})

it.each(files)('%s is as the schema that its first line names says, and as the one for all says', (file) => {
  const text = readFileSync(join(root, file), 'utf8')
  const [, named = 'none'] = /^# yaml-language-server: \$schema=(\S+)\n/.exec(text) ?? []
  const path = join(root, dirname(file), named)
  expect(dirname(path), 'the first line names a schema of this house').toBe(folder)
  for (const name of [path.slice(folder.length + 1), 'portreeve.schema.json']) {
    expect(ajv.validate(name, parse(text)), `${name}: ${ajv.errorsText()}`).toBe(true)
  }
})
