import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { inspectTemplates } from './inspect-templates.ts'
import { templatesFolder } from './testing/messages.ts'

const folders: string[] = []
afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true })
})

const settings = { smtpHost: '127.0.0.1', from: 'noreply@example.org', alertsTo: ['ops@example.org'] }

/** What is found in the templates of the example with these files in the place of its own; `null` takes one away. */
async function inspect(files: Readonly<Record<string, string | null>>) {
  const folder = await mkdtemp(join(tmpdir(), 'inspect-'))
  folders.push(folder)
  await cp(templatesFolder, folder, { recursive: true })
  for (const [name, text] of Object.entries(files)) {
    if (text === null) await rm(join(folder, name))
    else await writeFile(join(folder, name), text)
  }
  const { faults, templates = [] } = await inspectTemplates({ ...settings, templatesFolder: folder })
  const told = faults.map(({ setting, error: { code, details }, at }) => {
    const place = at ? ` ${at.file.slice(folder.length + 1)}:${at.line}:${at.column}` : ''
    return `${setting} ${code} ${details.file} ${details.fault}${place}`
  })
  return { told, templates }
}

describe('templates that are looked at before they are needed', () => {
  it('are found with every value that they use, and where', async () => {
    const { told, templates } = await inspect({})
    expect(told).toEqual([])
    const used = templates.map(({ name, uses }) => [name, [...new Set(uses.map(({ value }) => value))].sort()])
    expect(Object.fromEntries(used)).toMatchObject({
      acknowledgement: ['authority', 'givenName', 'movedOn', 'reference', 'statusAddress'],
      'needs-a-person': ['authority', 'reference', 'remedy', 'system', 'why'],
    })
    const [first] = templates.find(({ name }) => name === 'acknowledgement')?.uses ?? []
    expect(first).toMatchObject({ value: 'reference', at: { line: 1, column: 46 } })
  })

  it.each([
    [
      'no Liquid',
      { 'acknowledgement.txt': 'Dear\n{{ name' },
      /^templatesFolder PRV_MAIL_TEMPLATE acknowledgement\.txt output .* acknowledgement\.txt:2:1$/,
    ],
    [
      'without a subject',
      { 'acknowledgement.subject.txt': null },
      /PRV_MAIL_TEMPLATE_MISSING ack.*\.subject\.txt ENOENT$/,
    ],
    ['without a text', { 'acknowledgement.txt': null }, /PRV_MAIL_TEMPLATE_MISSING acknowledgement\.txt ENOENT$/],
    [
      'with a value that a paused receiver does not have',
      { 'receiver-paused.html': '<p>\n{{ reciever }}' },
      /undefined variable: reciever receiver-paused\.html:2:4$/,
    ],
  ])('are told of, with the place, when one is %s', async (_what, files, told) => {
    expect((await inspect(files)).told).toEqual([expect.stringMatching(told)])
  })

  it('may have no HTML', async () => {
    expect((await inspect({ 'acknowledgement.html': null })).told).toEqual([])
  })

  it('have one for paused receivers, where somebody is told of them', async () => {
    const gone = { 'receiver-paused.subject.txt': null, 'receiver-paused.txt': null, 'receiver-paused.html': null }
    expect((await inspect(gone)).told).toEqual(['alertsTo PRV_MAIL_TEMPLATE_MISSING receiver-paused.txt ENOENT'])
  })

  it('are told of when their folder is not there', async () => {
    const { faults } = await inspectTemplates({ ...settings, templatesFolder: join(templatesFolder, 'nowhere') })
    expect(faults).toMatchObject([{ setting: 'templatesFolder', error: { code: 'PRV_MAIL_TEMPLATE_MISSING' } }])
  })
})
