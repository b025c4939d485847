import tls from 'node:tls'
import { isPortreeveError } from '@portreeve/errors'
import { describe, expect, it } from 'vitest'
import type { Mail } from './smtp-mail.ts'
import { type SmtpServer, SmtpSession } from './smtp-session.ts'
import { type MailScript, scriptedMailServer } from './testing/scripted-mail-server.ts'
import { untrusted } from './testing/untrusted-certificate.ts'

const never = new AbortController().signal
const mail: Mail = {
  from: 'Borough <no-reply@sallowmere.example>',
  to: 'ada@example.org',
  messageId: '0123456789abcdef@sallowmere.example',
  date: new Date('2026-11-23T09:30:00Z'),
  subject: 'We have it',
  text: 'Dear Ada',
}

function serverAt(port: number, more: Partial<SmtpServer> = {}): SmtpServer {
  return { host: '127.0.0.1', port, security: 'none', timeoutMs: 3000, ...more }
}

/** One e-mail at a server that follows the script: its answer, or the code of the error. */
async function send(script: MailScript, more: Partial<SmtpServer> = {}, signal = never) {
  await using server = await scriptedMailServer(script)
  try {
    await using session = await SmtpSession.open(serverAt(server.port, more), signal)
    return { said: await session.send(mail, signal), lines: server.lines }
  } catch (error) {
    if (!isPortreeveError(error)) throw error
    return { said: error.code, lines: server.lines }
  }
}

/** Cuts the connection, says nothing, or says something at one line. */
const at =
  (place: string, does: 'cut' | 'silence' | string): MailScript =>
  (line, socket) => {
    if (!line.startsWith(place)) return ''
    if (does === 'cut') socket.destroy()
    return does === 'silence' || does === 'cut' ? null : does
  }

describe('an e-mail', () => {
  it("is taken with the server's own word", async () => {
    const { said, lines } = await send(() => '')
    expect(said).toEqual({ state: 'taken', words: '250 2.0.0 queued as 7' })
    expect(lines.slice(2)).toEqual([
      'MAIL FROM:<no-reply@sallowmere.example>',
      'RCPT TO:<ada@example.org>',
      'DATA',
      '<text>',
      'QUIT',
    ])
  })

  it('is refused for its address, and the next one is taken over the same connection', async () => {
    const refuse: MailScript = (line) => (line.startsWith('RCPT TO:<ada') ? '550 5.1.1 unknown' : '')
    await using server = await scriptedMailServer(refuse)
    await using session = await SmtpSession.open(serverAt(server.port), never)
    expect(await session.send(mail, never)).toEqual({ state: 'refused', code: '550 5.1.1', words: 'unknown' })
    expect(await session.send({ ...mail, to: 'bea@example.org' }, never)).toMatchObject({ state: 'taken' })
    expect(server.lines.filter((line) => line === '<connected>')).toHaveLength(1)
    expect(server.lines).toContain('RSET')
  })

  it.each([
    ['PRV_ENDPOINTS_SMTP_UNREACHABLE', at('<connected>', 'cut')],
    ['PRV_ENDPOINTS_SMTP_UNREACHABLE', at('EHLO', 'cut')],
    ['PRV_ENDPOINTS_SMTP_UNREACHABLE', at('MAIL', 'cut')],
    ['PRV_ENDPOINTS_SMTP_UNREACHABLE', at('DATA', 'cut')],
    ['PRV_ENDPOINTS_SMTP_NO_ANSWER', at('<text>', 'cut')],
    ['PRV_ENDPOINTS_SMTP_BUSY', at('<connected>', '421 4.3.2 not now')],
    ['PRV_ENDPOINTS_SMTP_BUSY', at('MAIL', '451 4.3.0 not now')],
    ['PRV_ENDPOINTS_SMTP_BUSY', at('<text>', '451 4.3.0 not now')],
    ['PRV_ENDPOINTS_SMTP_NOT_ALLOWED', at('<connected>', '554 5.7.1 not you')],
    ['PRV_ENDPOINTS_SMTP_NOT_ALLOWED', at('MAIL', '553 5.1.8 not you')],
    ['PRV_ENDPOINTS_SMTP_TLS', () => '', { security: 'starttls' }],
    ['PRV_ENDPOINTS_SMTP_LOGIN', at('AUTH', '535 5.7.8 no'), { login: { user: 'portreeve', password: 'tide' } }],
  ] as const)('%s: case %#', async (code, script: MailScript, more: Partial<SmtpServer> = {}) => {
    expect((await send(script, more)).said).toBe(code)
  })

  it.each([
    ['<connected>', 'PRV_ENDPOINTS_SMTP_UNREACHABLE', 'PRV_ENDPOINTS_STOPPED'],
    ['RCPT', 'PRV_ENDPOINTS_SMTP_UNREACHABLE', 'PRV_ENDPOINTS_STOPPED'],
    ['DATA', 'PRV_ENDPOINTS_SMTP_UNREACHABLE', 'PRV_ENDPOINTS_STOPPED'],
    ['<text>', 'PRV_ENDPOINTS_SMTP_NO_ANSWER', 'PRV_ENDPOINTS_SMTP_NO_ANSWER'],
  ])('meets a server silent from %s on: %s in time, %s when told to stop', async (place, late, stopped) => {
    expect((await send(at(place, 'silence'), { timeoutMs: 150 })).said).toBe(late)
    const stop = new AbortController()
    const silentThenStop: MailScript = (line) => {
      if (!line.startsWith(place)) return ''
      setTimeout(() => stop.abort(), 20)
      return null
    }
    expect((await send(silentThenStop, {}, stop.signal)).said).toBe(stopped)
  })

  it('is not begun when the broker is stopping already', async () => {
    expect(await send(() => '', {}, AbortSignal.abort())).toEqual({ said: 'PRV_ENDPOINTS_STOPPED', lines: [] })
  })

  it('finds nobody at a port where nobody listens', async () => {
    const port = await scriptedMailServer().then(async (server) => {
      await server[Symbol.asyncDispose]()
      return server.port
    })
    await expect(SmtpSession.open(serverAt(port), never)).rejects.toMatchObject({
      code: 'PRV_ENDPOINTS_SMTP_UNREACHABLE',
      details: { fault: 'ECONNREFUSED' },
    })
  })

  it('has no end of a reply that fills the memory', async () => {
    const flood: MailScript = (line, socket) => {
      if (line.startsWith('EHLO')) socket.write('x'.repeat(1_000_000))
      return ''
    }
    expect((await send(flood)).said).toBe('PRV_ENDPOINTS_SMTP_UNREACHABLE')
  })
})

describe('a protected connection', () => {
  const security = { 'the first byte': 'tls', STARTTLS: 'starttls' } as const

  /** What is said of an e-mail by a server with a certificate that the system trusts, or does not. */
  async function sendProtected(from: 'the first byte' | 'STARTTLS', host: string, trusted: boolean) {
    await using server = await scriptedMailServer(() => '', { certificate: untrusted, from })
    const trusting = tls.getCACertificates()
    if (trusted) tls.setDefaultCACertificates([...trusting, untrusted.cert])
    try {
      const login = { user: 'portreeve', password: 'tide' }
      const options = serverAt(server.port, { host, security: security[from], login })
      await using session = await SmtpSession.open(options, never)
      return { said: (await session.send(mail, never)).state, lines: [...server.lines] }
    } catch (error) {
      if (!isPortreeveError(error)) throw error
      return { said: error.code, lines: [...server.lines] }
    } finally {
      tls.setDefaultCACertificates(trusting)
    }
  }

  it.each(['the first byte', 'STARTTLS'] as const)('is made from %s on', async (from) => {
    const { said, lines } = await sendProtected(from, '127.0.0.1', true)
    expect(said).toBe('taken')
    if (from === 'STARTTLS') expect(lines.slice(0, 4)).toEqual(['<connected>', lines[1], 'STARTTLS', lines[1]])
  })

  it.each([
    ['the first byte', '127.0.0.1', false],
    ['STARTTLS', '127.0.0.1', false],
    ['the first byte', 'localhost', true],
    ['STARTTLS', 'localhost', true],
  ] as const)(
    'is not made from %s on with %s, trusted %s: no login, no address and no text leave',
    async (from, host, trusted) => {
      const { said, lines } = await sendProtected(from, host, trusted)
      expect(said).toBe('PRV_ENDPOINTS_SMTP_TLS')
      expect(lines.filter((line) => /^(AUTH|MAIL|RCPT|<text>)/.test(line))).toEqual([])
    },
  )
})
