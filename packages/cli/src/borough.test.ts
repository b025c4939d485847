import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Borough, startBorough } from '@portreeve/broker'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { errorOf, run } from './testing/test-run.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const config = join(root, 'config/examples/sallowmere')
let dataFolder = ''
let borough: Borough
let reference = ''

/** As an operator types it: the configuration of the borough, and none of its secrets. */
const portreeve = (...words: string[]) =>
  run([...words, '--config', config], { environment: { SALLOWMERE_DATA: dataFolder }, workingFolder: root })
const asked = async (...words: string[]) => {
  const { code, out, err } = await portreeve(...words, '--json')
  expect({ code, err }, words.join(' ')).toEqual({ code: 0, err: '' })
  return JSON.parse(out)
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + 30_000
  while (!(await holds())) {
    if (Date.now() > end) throw new TypeError('it did not come about')
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

beforeAll(async () => {
  dataFolder = await mkdtemp(join(tmpdir(), 'portreeve-cli-borough-'))
  borough = await startBorough({ dataFolder })
}, 60_000)
afterAll(async () => {
  await borough.stop()
  await rm(dataFolder, { recursive: true })
})

describe('portreeve beside a broker at work', () => {
  it('sends a file, finds it, and tells what became of it, by a reference typed as people type', async () => {
    const sample = join(config, 'samples/2-some-refused.xml')
    const { sent } = await asked('send', 'revenues', sample)
    const byDigest = ['list', 'messages', '--file', sent[0].sha256]
    await until(async () => (await asked(...byDigest, '--type', 'valuation.submission.split')).messages.length === 1)
    await until(async () => {
      const { messages } = await asked(...byDigest, '--type', 'valuation.report.proposed')
      return messages.length > 0 && messages.every(({ state }: { state: string }) => state !== 'waiting')
    })
    const { messages } = await asked('list', 'messages', '--file', '2-some-refused.xml', '--limit', '100')
    reference = messages.find(({ type }: { type: string }) => type === 'valuation.submission.received').reference

    const typed = reference.toLowerCase().replace('-', ' ')
    const track = await asked('track', typed)
    expect(track).toMatchObject({ reference, message: { file: '2-some-refused.xml' } })
    const { out } = await portreeve('track', typed)
    expect(out).toContain(`${reference}  2-some-refused.xml  valuation.submission.received`)
    expect(out).toContain('What happened')
    expect(out).toMatch(/refused +reports-to-voa\.voa refused it/)
  }, 60_000)

  it('says how the broker is doing, and that it runs', async () => {
    const status = await asked('status')
    expect(status).toMatchObject({ broker: 'running', pid: process.pid })
    expect((await portreeve('status')).out).toMatch(/^Running since /)
    const names = ({ receivers }: { receivers: readonly { receiver: string }[] }) => receivers.map((of) => of.receiver)
    expect(names(await asked('list', 'receivers'))).toEqual(names(status))
  })

  it('takes over its configuration again, with the secrets that the broker itself has', async () => {
    expect(await portreeve('apply')).toMatchObject({ code: 0, err: '' })
  })

  it('ends with 1 for a reference that nobody has, and with 2 for one that cannot be', async () => {
    const unknown = await portreeve('track', '299H-WHX9', '--json')
    expect({ code: unknown.code, error: errorOf(unknown).code }).toEqual({ code: 1, error: 'PRV_CLI_NOT_KNOWN' })
    const mistyped = await portreeve('track', '299H-WHX8', '--json')
    expect({ code: mistyped.code, error: errorOf(mistyped).code }).toEqual({ code: 2, error: 'PRV_ENVELOPE_REFERENCE' })
  })

  it('has no dead letters, and says of a key that is none that it is not there', async () => {
    expect((await portreeve('dead-letters', 'list')).out).toMatch(/^No message waits for a person\./)
    const decision = ['--by', 'A. Clerk', '--why', 'to see', '--json']
    const retried = await portreeve('dead-letters', 'retry', 'reports-to-voa.voa', 'no such key', ...decision)
    expect({ code: retried.code, error: errorOf(retried).code }).toEqual({ code: 1, error: 'PRV_STATE_KEY_NOT_PARKED' })
    const shown = await portreeve('dead-letters', 'show', 'reports-to-voa.voa', 'no such key', '--json')
    expect({ code: shown.code, error: errorOf(shown).code }).toEqual({ code: 1, error: 'PRV_CLI_NOT_KNOWN' })
  })

  it('reads through all data and finds that it fits', async () => {
    expect(await portreeve('check', '--data')).toMatchObject({ code: 0, err: '' })
  })

  it('needs the secrets to reach the other systems, and reaches them with these', async () => {
    expect(await portreeve('check')).toMatchObject({ code: 3, err: expect.stringContaining('VOA_PASSWORD') })
    const password = await readFile(join(dataFolder, 'voa-password'), 'utf8')
    const crmKey = (await readFile(join(dataFolder, 'crm-key'), 'utf8')).trim()
    const { crm, mail } = borough.offices
    const others = { CRM_KEY: crmKey, CRM_URL: crm.baseUrl, SMTP_PORT: String(mail.smtpPort) }
    const check = (given: string) =>
      run(['check', '--config', config], {
        environment: { SALLOWMERE_DATA: dataFolder, VOA_URL: borough.voa.baseUrl, VOA_PASSWORD: given, ...others },
      })
    expect(await check(password.trim())).toMatchObject({
      code: 0,
      out: expect.stringMatching(/voa +valuebill +reached/),
    })
    const wrong = await check('not the password')
    expect(wrong).toMatchObject({
      code: 1,
      out: expect.stringMatching(/voa +valuebill +not reached +PRV_VALUEBILL_LOGIN/),
    })
    expect(wrong.out + wrong.err).not.toContain('not the password')
  })

  it('tells the same when the broker has stopped: from the folder', async () => {
    await borough.stop()
    expect((await portreeve('status')).out).toMatch(/^Stopped, data in /)
    expect((await asked('track', reference)).reference).toBe(reference)
  })
})
