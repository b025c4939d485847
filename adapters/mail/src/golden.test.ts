import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { writeMail } from '@portreeve/endpoints'
import { expect, it } from 'vitest'
import { letterReader } from './from-canonical.ts'
import { mailMessageId } from './message-id.ts'
import { TemplateFolder } from './template-folder.ts'
import { messageOf, templatesFolder } from './testing/messages.ts'

const folder = join(import.meta.dirname, '../golden')
const from = 'Borough of Sallowmere <no-reply@sallowmere.example>'
const read = letterReader({ system: 'mail', alertsTo: ['integration@sallowmere.example'] })

/** A message as the first e-mail of its letter, byte for byte but for its line ends, as every mail program opens it. */
async function emailOf({ type, body }: { readonly type: string; readonly body: unknown }): Promise<string> {
  const letter = read(messageOf(type, 'golden', body))
  const [to = ''] = letter.to
  const messageId = mailMessageId('golden', to, from)
  const written = await new TemplateFolder(templatesFolder).write(letter)
  const bytes = await writeMail({ from, to, messageId, date: new Date('2026-11-23T10:00:00Z'), ...written })
  return Buffer.from(bytes).toString().replaceAll('\r\n', '\n')
}

it.each(readdirSync(folder))('%s', async (name) => {
  expect(readFileSync(join(folder, name, 'case.md'), 'utf8')).toMatch(/^[A-Z].*\.\n$/)
  const email = await emailOf(JSON.parse(readFileSync(join(folder, name, 'input.json'), 'utf8')))
  const expected = join(folder, name, 'expected.eml')
  if (process.env.UPDATE_GOLDEN === '1') writeFileSync(expected, email)
  else expect(email).toBe(readFileSync(expected, 'utf8'))
})
