import { globSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { root } from '../support/source-files.ts'
import { fencesOf } from './fences.ts'

const page = 'docs/how-to/write-an-adapter.md'
const folder = join(root, 'test/documentation/notice-board/src')
const fences = fencesOf(readFileSync(join(root, page), 'utf8'), 'ts').map(({ line, text }) => {
  const [, file = '', code = ''] = /^\/\/ adapters\/notice-board\/src\/(\S+)\n([\s\S]*)$/.exec(text) ?? []
  return { line, file, code }
})

describe('the adapter that is shown', () => {
  it('is shown whole', () => {
    const files = globSync('*.ts', { cwd: folder }).map((file) => basename(file))
    expect(fences.map(({ file }) => file).sort()).toEqual(files.sort())
  })

  it.each(fences)(`is the one that is tested: $file, in line $line of ${page}`, ({ file, code }) => {
    expect(code).toBe(readFileSync(join(folder, file), 'utf8'))
  })
})
