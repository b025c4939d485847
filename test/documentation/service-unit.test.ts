import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { root } from '../support/source-files.ts'

const unit = readFileSync(join(root, 'docker/portreeve.service'), 'utf8')
const source = readFileSync(join(root, 'packages/cli/src/stop-in-time.ts'), 'utf8')
const [, stopWithinSeconds] = /stopWithinSeconds = (\d+)/.exec(source) ?? []
const folder = mkdtempSync(join(tmpdir(), 'portreeve-unit-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** Values by key; a section's name stands before each. */
const settings = new Map<string, string[]>()
let section = ''
for (const line of unit.split('\n')) {
  const [, name] = /^\[(\w+)\]$/.exec(line) ?? []
  const [, key, value = ''] = /^(\w+)=(.*)$/.exec(line) ?? []
  if (name !== undefined) section = name
  else if (key !== undefined) settings.set(`${section}.${key}`, [...(settings.get(`${section}.${key}`) ?? []), value])
  else expect(line, 'a line of a unit is a section, a setting, a remark or empty').toMatch(/^(#.*)?$/)
}

/** Installed where this checkout is. */
function verify(text: string): string {
  const path = join(folder, 'portreeve.service')
  writeFileSync(path, text.replaceAll('/opt/portreeve', root.replace(/\/$/, '')))
  const { stdout, stderr } = spawnSync('systemd-analyze', ['verify', '--man=no', path], { encoding: 'utf8' })
  return stdout + stderr
}

function hasAnalyser(): boolean {
  try {
    return execFileSync('systemd-analyze', ['--version']).length > 0 && process.arch === 'x64'
  } catch {
    return false
  }
}

describe('docker/portreeve.service', () => {
  it('gives a stop more time than it takes', () => {
    expect(Number(settings.get('Service.TimeoutStopSec')?.[0])).toBeGreaterThan(Number(stopWithinSeconds))
    expect(settings.get('Service.KillSignal')).toEqual(['SIGTERM'])
  })

  it('starts what is in the checkout, and again after a fault, but not after one that only a person mends', () => {
    const [start = ''] = settings.get('Service.ExecStart') ?? []
    const [, , main = ''] = start.split(' ')
    expect(main.replace('/opt/portreeve/', '')).toBe('packages/cli/src/main.ts')
    expect(settings.get('Service.Restart')).toEqual(['on-failure'])
    expect(settings.get('Service.RestartPreventExitStatus')).toEqual(['2 3'])
  })

  it('has a reload fail when the configuration is not taken over', () => {
    const [start = ''] = settings.get('Service.ExecStart') ?? []
    expect(settings.get('Service.ExecReload')).toEqual([start.replace(/ run --json$/, ' apply')])
  })

  it('holds no secret', () => expect(unit).not.toMatch(/^Environment=\S*(PASS|SECRET|KEY|TOKEN)/im))

  it.skipIf(!hasAnalyser())('is what systemd accepts, and it is told of a slip [needs systemd-analyze]', () => {
    expect(verify(unit)).toBe('')
    expect(verify(unit.replace('PrivateTmp', 'PrivatTmp'))).toContain("Unknown key 'PrivatTmp'")
  })
})
