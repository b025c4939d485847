import { describe, expect, it } from 'vitest'
import { type Mail, mailFault, writeMail } from './smtp-mail.ts'

const mail: Mail = {
  from: 'Borough of Sallowmere <no-reply@sallowmere.example>',
  replyTo: 'moves@sallowmere.example',
  to: 'ada@example.org',
  messageId: '0123456789abcdef@sallowmere.example',
  date: new Date('2026-11-23T09:30:00Z'),
  subject: 'We have your change of address',
  text: 'Dear Ada',
  html: '<p>Dear Ada</p>',
}
const written = async (more: Partial<Mail>) => Buffer.from(await writeMail({ ...mail, ...more })).toString('latin1')

describe('the bytes of an e-mail', () => {
  it('are the same whenever it is written', async () => {
    expect(await written({})).toBe(await written({}))
  })

  it('say that nobody is to answer by machine, and nothing of the software', async () => {
    const text = await written({})
    expect(text).toContain('Auto-Submitted: auto-generated\r\n')
    expect(text).not.toMatch(/mailer/i)
  })

  it.each([
    ['a long line', 'x'.repeat(5000)],
    ['many bytes beyond ASCII', 'Ŵŷ 🏠 é '.repeat(400)],
    ['a line that is a dot', 'a\n.\nb'],
    ['a line that begins with From', 'From me'],
    ['bare carriage returns and zeros', 'a\rb\0c\r\nd\n'],
    ['half a character', '\ud800 a'],
  ])('are seven bits wide and short enough in every line, with %s', async (_what, text) => {
    const bytes = await written({
      text,
      html: `<p>${text}</p>`,
      subject: text.replaceAll(/\p{Cc}/gu, ' ').slice(0, 900),
    })
    expect(bytes).not.toMatch(/[^\t\r\n -~]/)
    const lines = bytes.split('\r\n')
    expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(998)
    expect(lines.filter((line) => /[\r\n]/.test(line))).toEqual([])
  })
})

describe('what could become a header of its own', () => {
  it.each([
    ['subject', { subject: 'Hello\r\nBcc: eve@example.org' }],
    ['subject', { subject: 'Hello\nBcc: eve@example.org' }],
    ['subject', { subject: 'Hello\u2028Bcc' }],
    ['subject', { subject: ' ' }],
    ['to', { to: 'ada@example.org\r\nBcc: eve@example.org' }],
    ['to', { to: 'ada@example.org, eve@example.org' }],
    ['from', { from: 'A\r\nBcc: eve@example.org <a@example.org>' }],
    ['replyTo', { replyTo: 'a@example.org\nX: y' }],
    ['messageId', { messageId: 'a@b>\r\nX: <y' }],
  ] as const)('is a fault of the %s, and never written: %j', async (fault, more) => {
    expect(mailFault({ ...mail, ...more })).toBe(fault)
    await expect(writeMail({ ...mail, ...more })).rejects.toThrow(TypeError)
  })
})
