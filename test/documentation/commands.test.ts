import { execFileSync } from 'node:child_process'
import { existsSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runCli } from '@portreeve/cli'
import { describe, expect, it } from 'vitest'
import { root } from '../support/source-files.ts'
import { fencesOf } from './fences.ts'

const pages = ['README.md', ...globSync('docs/how-to/*.md', { cwd: root })].sort()
const lines = pages.flatMap((page) => {
  const text = existsSync(join(root, page)) ? readFileSync(join(root, page), 'utf8') : ''
  return fencesOf(text, 'sh').flatMap((fence) =>
    fence.text.split('\n').map((line, index) => ({ page, line: fence.line + index + 1, text: line })),
  )
})
const commands = lines.flatMap(({ text, ...place }) => {
  const [, words] = /^(?:npm run (?:-s )?portreeve -- |portreeve )([^#|]*)/.exec(text) ?? []
  return words === undefined ? [] : [{ ...place, words: words.trim() }]
})

describe('commands that the pages show', () => {
  it.each(['README.md', 'docs/how-to/connect-your-systems.md'])('are there in %s', (page) => {
    expect(commands.filter((command) => command.page === page).length).toBeGreaterThan(3)
  })

  it.each(commands)('$page:$line portreeve $words is understood', async ({ words }) => {
    const err: string[] = []
    const split = [...words.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? '')
    const code = await runCli([...split, '--config', join(root, 'nowhere')], {
      out: async () => {},
      err: (text) => void err.push(text),
      colour: false,
      live: false,
      columns: 80,
      environment: {},
      // What would make something finds no checkout here.
      workingFolder: tmpdir(),
      now: () => new Date(),
    })
    expect([0, 1, 3, 4], err.join('')).toContain(code)
  })
})

describe('the first step of connecting your systems', () => {
  it('copies a configuration that the linter reads', () => {
    const page = readFileSync(join(root, 'docs/how-to/connect-your-systems.md'), 'utf8')
    const [copy] = fencesOf(page, 'sh')
    const folder = mkdtempSync(join(tmpdir(), 'portreeve-connect-'))
    try {
      const clone = join(folder, 'clone')
      mkdirSync(clone)
      symlinkSync(join(root, 'config'), join(clone, 'config'))
      execFileSync('sh', ['-e', '-c', copy?.text ?? 'false'], { cwd: clone })
      const copied = globSync('**/*.yaml', { cwd: join(folder, 'portreeve-config') }).sort()
      expect(copied).toEqual(globSync('**/*.yaml', { cwd: join(root, 'config/examples/reports-to-voa') }).sort())
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})
