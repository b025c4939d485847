import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'
import { buildInto, command, copiedPackages, entrypoint, healthCheck } from '../support/container-image.ts'
import { doorConfiguration } from './support/open-door.ts'

const inImage = '/opt/portreeve'

it('what the image is made of runs, says that it is well, and stops in order', { timeout: 300_000 }, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'portreeve-image-'))
  const image = join(folder, 'image')
  try {
    buildInto(image)
    expect(copiedPackages(image)).toEqual([])
    expect(existsSync(join(image, 'packages/cli/src/commands/send.test.ts'))).toBe(false)
    await doorConfiguration(folder, {})

    const [, ...words] = [...entrypoint(), ...command()].map((word) => word.replace(inImage, image))
    const env = { PATH: process.env.PATH ?? '', PORTREEVE_CONFIG: join(folder, 'config'), NODE_ENV: 'production' }
    const child = spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'inherit'], env, cwd: folder })
    const ended = once(child, 'close')
    try {
      const [line] = await Promise.race([once(createInterface({ input: child.stdout }), 'line'), ended])
      const started: { event: string; door: string } = JSON.parse(String(line))
      expect(started.event).toBe('started')
      const [, ...check] = healthCheck()
      const healthEnv = { ...env, PORTREEVE_HEALTH_URL: `${started.door}/health` }
      await promisify(execFile)(process.execPath, [...check], { env: healthEnv })
      child.kill('SIGTERM')
      expect(await ended).toEqual([0, null])
      await expect(promisify(execFile)(process.execPath, [...check], { env: healthEnv })).rejects.toMatchObject({
        code: 1,
      })
    } finally {
      child.kill('SIGKILL')
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})
