import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { packages, root } from '../support/source-files.ts'

const sources = packages()
  .flatMap(({ files }) => files)
  .filter(({ path }) => path.includes('/src/') && !/\.test\.ts$|\/(contract|testing)\//.test(path))
const yamlOf = (file: string) => parse(readFileSync(join(root, file), 'utf8'))

// Door and metrics are where broker.yaml says, on loopback unless told otherwise: see lint-door.test.ts and lint-telemetry.test.ts.
const ourListeners = ['packages/broker/src/admin-server.ts', 'packages/gateway/src/listen-at.ts']
const configured = ['packages/gateway/src/start-gateway.ts', 'packages/gateway/src/start-metrics-endpoint.ts']

/** Of an adapter, or of what adapters are made from. */
const isStandIn = (path: string) => /^(adapters\/[^/]+|packages\/adapter-template)\/src\/fake-system\.ts$/.test(path)

describe('what the outside can reach', () => {
  it('is no port but a configured door and the metrics: a broker listens on its admin socket, and a stand-in on loopback', () => {
    const listening = sources.filter(({ text }) => /\.listen\(/.test(text))
    const ours = listening.filter(({ path }) => !isStandIn(path))
    expect(ours.map(({ path }) => path)).toEqual(ourListeners)
    const asked = sources.filter(({ text }) => text.includes("from './listen-at.ts'"))
    expect(asked.map(({ path }) => path)).toEqual(configured)
    const elsewhere = listening.filter(
      ({ path, text }) => !ourListeners.includes(path) && !/\.listen\([^)]*'127\.0\.0\.1'/.test(text),
    )
    expect(elsewhere.map(({ path }) => path)).toEqual([])
  })

  it('never switches off the check of certificates', () => {
    const trusting = sources.filter(({ text }) => /rejectUnauthorized|NODE_TLS_REJECT|checkServerIdentity/.test(text))
    expect(trusting.map(({ path }) => path)).toEqual([])
  })

  it('runs no code when it is installed, and is the code that the lockfile names by its digest', () => {
    const allowed = Object.entries(yamlOf('pnpm-workspace.yaml').allowBuilds).filter(([, may]) => may !== false)
    expect(allowed).toEqual([])
    const locked: Record<string, { resolution: { integrity?: string } }> = yamlOf('pnpm-lock.yaml').packages
    expect(Object.keys(locked).length).toBeGreaterThan(20)
    const loose = Object.entries(locked).filter(([, { resolution }]) => !resolution.integrity?.startsWith('sha512-'))
    expect(loose.map(([name]) => name)).toEqual([])
  })
})
