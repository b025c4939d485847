import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { exampleFolder } from './testing/example-folder.ts'

const main = fileURLToPath(new URL('main.ts', import.meta.url))
const interruption = new URL('interruption.ts', import.meta.url).href

/** A process of its own, with what it has written so far. */
function start(words: readonly string[], environment: NodeJS.ProcessEnv = {}) {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', ...words], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let out = ''
  let err = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    err += text
  })
  const ended = once(child, 'close').then(([code, signal]) => ({ code, signal, out, err }))
  const said = async (text: string) => {
    while (!out.includes(text)) {
      if (child.exitCode !== null) throw new TypeError(`it ended without saying ${text}: ${err}`)
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  }
  return { child, ended, said }
}

describe('portreeve as a process', () => {
  it('runs until Ctrl-C, then stops in order and ends with 0', async () => {
    await using folder = await exampleFolder()
    const { child, ended, said } = start([main, 'run', '--config', folder.config], { VOA_PASSWORD: 'correct horse' })
    await said('Portreeve runs for Borough of Sallowmere (X99000001)')
    child.kill('SIGINT')
    const { code, out, err } = await ended
    expect(code).toBe(0)
    expect(err).toContain('Stopping: what is under way is finished first.')
    expect(out).toMatch(/Stopped\. The next start goes on from here\.\n$/)
    expect(out + err).not.toContain('correct horse')
  }, 30_000)

  it('tells each event of a run as one line of JSON, and stops for SIGTERM too', async () => {
    await using folder = await exampleFolder()
    const words = [main, 'run', '--json', '--config', folder.config]
    const { child, ended, said } = start(words, { VOA_PASSWORD: 'correct horse' })
    await said('"event":"started"')
    child.kill('SIGTERM')
    const { code, out, err } = await ended
    expect({ code, err }).toEqual({ code: 0, err: '' })
    const events = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).event)
    expect(events.at(0)).toBe('started')
    expect(events.at(-1)).toBe('stopped')
  }, 30_000)

  it('stops at once at a second Ctrl-C, but not at two signals of one press', async () => {
    const script = `
      const { listenForInterruption } = await import(process.argv[1])
      setInterval(() => {}, 1000)
      const { first } = listenForInterruption()
      console.log('ready')
      await first
      console.log('stopping')`
    const { child, ended, said } = start(['--input-type=module', '-e', script, interruption])
    await said('ready')
    // Two of the same kind could reach the process as one.
    child.kill('SIGINT')
    child.kill('SIGTERM')
    await said('stopping')
    await new Promise((resolve) => setTimeout(resolve, 400))
    expect(child.exitCode).toBe(null)
    child.kill('SIGINT')
    expect(await ended).toMatchObject({ code: 130, signal: null })
  })

  it('refuses to run with an error in the configuration, and shows every one, once', async () => {
    await using folder = await exampleFolder({
      'config/routes/to-voa.yaml': 'from: valuation.report.proposed\nto: vao\n',
    })
    const { code, out, err } = await start([main, 'run', '--config', folder.config], { VOA_PASSWORD: '' }).ended
    expect({ code, out }).toEqual({ code: 3, out: '' })
    expect(err).toContain('missing-secret')
    expect(err.split('routes/to-voa.yaml:2:5  error unknown-label')).toHaveLength(2)
    expect(err.split('no adapter labelled')).toHaveLength(2)
  })

  it('is quiet when its reader goes away', async () => {
    const { child, ended } = start([main, 'list', 'adapters', '--json'])
    child.stdout.destroy()
    expect(await ended).toMatchObject({ code: 0, err: '' })
  })
})
