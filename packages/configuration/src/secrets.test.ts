// biome-ignore-all lint/suspicious/noTemplateCurlyInString: it is the syntax of references.
import { describe, expect, it } from 'vitest'
import { goodBroker, lint, load } from './testing/lint-example.ts'

const password = (written: string) => goodBroker.replace('${env:OFFICE_PASSWORD}', written)

describe('a secret', () => {
  it('that stands in the file in clear text is told', async () => {
    expect(await lint({ 'broker.yaml': password('hunter2-hunter2') })).toEqual([
      'broker.yaml:12:15 secret-in-clear: adapters.office.password holds a secret in clear text. | Write ${env:NAME} or ${file:path} here, and change the secret: it has been seen.',
    ])
  })

  it('that stands in the file as a default of a reference is told too', async () => {
    const [problem] = await lint({ 'broker.yaml': password('${env:OFFICE_PASSWORD:-hunter2-hunter2}') })
    expect(problem).toContain('broker.yaml:12:15 secret-in-clear')
  })

  it('that is referred to, but absent or empty, is told once', async () => {
    const missing = [
      'broker.yaml:12:15 missing-secret: adapters.office.password says ${env:OFFICE_PASSWORD}, but the environment variable OFFICE_PASSWORD is not set. | Set OFFICE_PASSWORD and start again.',
    ]
    expect(await lint({}, { environment: {} })).toEqual(missing)
    expect(await lint({}, { environment: { OFFICE_PASSWORD: '' } })).toEqual(missing)
    expect(await lint({ 'broker.yaml': password('${file:office.key}') })).toEqual([
      'broker.yaml:12:15 missing-secret: adapters.office.password says ${file:office.key}, but the file office.key cannot be read or is empty. | Write the value into office.key.',
    ])
  })

  it('can lie in a file beside the configuration, and in none that a reference misspells', async () => {
    expect(await lint({ 'broker.yaml': password('${file:office.key}'), 'office.key': 'correct horse\n' })).toEqual([])
    const [problem] = await lint({ 'broker.yaml': password('${vault:office}') })
    expect(problem).toBe(
      'broker.yaml:12:15 bad-reference: adapters.office.password has a "${" that begins no reference. | Write ${env:NAME}, ${env:NAME:-default} or ${file:path}.',
    )
  })

  it('may be absent for who opens no adapter; what the broker itself needs may not', async () => {
    const here = { environment: {}, needsSecrets: false }
    const { configuration, problems } = await load({}, here)
    expect(problems).toEqual([])
    expect(configuration?.adapters[1]?.config).toMatchObject({ password: '' })
    expect(await lint({ 'broker.yaml': goodBroker.replace('Folder: data', 'Folder: ${env:DATA}') }, here)).toEqual([
      'broker.yaml:4:13 missing-secret: dataFolder says ${env:DATA}, but the environment variable DATA is not set. | Set DATA and start again.',
    ])
    const { configuration: warned, problems: warnings } = await load({}, { environment: {}, needsSecrets: 'warn' })
    expect(warned).toBeDefined()
    expect(warnings).toMatchObject([{ severity: 'warning', kind: 'missing-secret' }])
    const [clear] = await lint({ 'broker.yaml': password('hunter2-hunter2') }, here)
    expect(clear).toContain('secret-in-clear')
  })

  it('is in the text of no problem, whatever is wrong with it', async () => {
    const secret = 'hunter2'
    const written = [
      secret,
      `*${secret}`,
      `!${secret} x`,
      `&${secret}`,
      `@${secret}`,
      `"${secret}`,
      `'${secret}' ${secret}`,
      `[${secret}, ${secret}]`,
      `{ ${secret}`,
      `a: ${secret}`,
      `\\${secret}`,
      `"\\q${secret}"`,
      `\n    password: ${secret}`,
      `\n\t${secret}`,
      `\${${secret}}`,
      `\${env:OFFICE_PASSWORD:-${secret}}`,
    ]
    for (const text of written) {
      const problems = await lint({ 'broker.yaml': password(text) })
      expect(problems, text).not.toEqual([])
      expect(problems.join('\n'), text).not.toContain(secret)
    }
    // The value behind a reference breaks the rule of eight characters here.
    const short = await lint({}, { environment: { OFFICE_PASSWORD: secret } })
    expect(short).toEqual([
      'broker.yaml:12:15 bad-value: adapters.office.password must NOT have fewer than 8 characters. | Correct it: What the bureau gave out.',
    ])
  })
})
