import { existsSync, globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { generatedFiles, generatedFolders } from '../../scripts/documentation/generated-files.ts'
import { root } from '../support/source-files.ts'

const files = await generatedFiles(root)

describe('generated files (npm run docs)', () => {
  it('are there: schemas, the error page, the index of decisions', () => {
    expect([...files.keys()]).toEqual(
      expect.arrayContaining([
        'schemas/canonical/billing-authority-report.schema.json',
        'schemas/canonical/billing-authority-report.xsd',
        'schemas/envelope.schema.json',
        'docs/errors.md',
        'docs/adr/README.md',
      ]),
    )
  })

  it.each([...files])('%s is what the code says', (path, text) => {
    const target = join(root, path)
    expect(existsSync(target) ? readFileSync(target, 'utf8') : 'missing', 'run npm run docs').toBe(text)
  })

  it('are the only ones in their folders', () => {
    const present = generatedFolders.flatMap((folder) => globSync(`${folder}/*`, { cwd: root }))
    expect(present.map((path) => path.replaceAll('\\', '/')).filter((path) => !files.has(path))).toEqual([])
  })
})
