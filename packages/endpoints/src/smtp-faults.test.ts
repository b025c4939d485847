import { describe, expect, it } from 'vitest'
import { fromSmtpFault, refusalOf, type SmtpFault, shownReply } from './smtp-faults.ts'

const reply = (response: string, command: string, code = 'EENVELOPE'): SmtpFault => ({
  code,
  command,
  response,
  responseCode: Number(response.slice(0, 3)),
})

describe('a reply that concerns one e-mail alone', () => {
  it.each([
    ['550 5.1.1 No such user', 'RCPT TO', 'refused', '550 5.1.1', 'No such user'],
    ['550 No such user', 'RCPT TO', 'refused', '550', 'No such user'],
    ['553-5.7.1 First line\r\n553 5.7.1 and second', 'RCPT TO', 'refused', '553 5.7.1', 'First line and second'],
    ['554 5.6.0 Looks like spam', 'DATA', 'refused', '554 5.6.0', 'Looks like spam'],
    ['552 5.3.4 Too large', 'MAIL FROM', 'refused', '552 5.3.4', 'Too large'],
    ['450 4.2.0 Greylisted', 'RCPT TO', 'later', '450 4.2.0', 'Greylisted'],
    ['452 4.2.2 Mailbox full', 'RCPT TO', 'later', '452 4.2.2', 'Mailbox full'],
  ])('%j to %s: %s', (response, command, state, code, words) => {
    expect(refusalOf(reply(response, command))).toEqual({ state, code, words })
  })
})

describe('what concerns the server', () => {
  it.each([
    [reply('421 4.3.2 Closing', 'RCPT TO'), 'PRV_ENDPOINTS_SMTP_BUSY'],
    [reply('451 4.3.0 Later', 'DATA', 'EMESSAGE'), 'PRV_ENDPOINTS_SMTP_BUSY'],
    [reply('450 4.7.1 Slower', 'MAIL FROM'), 'PRV_ENDPOINTS_SMTP_BUSY'],
    [reply('454 4.7.0 Try later', 'AUTH PLAIN', 'EAUTH'), 'PRV_ENDPOINTS_SMTP_BUSY'],
    [reply('535 5.7.8 Wrong', 'AUTH PLAIN', 'EAUTH'), 'PRV_ENDPOINTS_SMTP_LOGIN'],
    [reply('530 5.7.0 Log in first', 'MAIL FROM'), 'PRV_ENDPOINTS_SMTP_LOGIN'],
    [reply('530 5.7.0 Log in first', 'RCPT TO'), 'PRV_ENDPOINTS_SMTP_LOGIN'],
    [reply('553 5.1.8 Sender unknown', 'MAIL FROM'), 'PRV_ENDPOINTS_SMTP_NOT_ALLOWED'],
    [reply('554 5.7.1 Go away', 'CONN', 'EPROTOCOL'), 'PRV_ENDPOINTS_SMTP_NOT_ALLOWED'],
    [{ code: 'ESOCKET', originalCode: 'ECONNREFUSED', command: 'CONN' }, 'PRV_ENDPOINTS_SMTP_UNREACHABLE'],
    [{ code: 'EDNS', originalCode: 'ENOTFOUND' }, 'PRV_ENDPOINTS_SMTP_UNREACHABLE'],
    [{ code: 'ETIMEDOUT' }, 'PRV_ENDPOINTS_SMTP_UNREACHABLE'],
    [{}, 'PRV_ENDPOINTS_SMTP_UNREACHABLE'],
    [reply('502 5.5.1 No such command', 'STARTTLS', 'ETLS'), 'PRV_ENDPOINTS_SMTP_TLS'],
    [{ code: 'ETLS' }, 'PRV_ENDPOINTS_SMTP_TLS'],
    [{ code: 'ESOCKET', originalCode: 'DEPTH_ZERO_SELF_SIGNED_CERT' }, 'PRV_ENDPOINTS_SMTP_TLS'],
    [{ code: 'ESOCKET', originalCode: 'ERR_TLS_CERT_ALTNAME_INVALID' }, 'PRV_ENDPOINTS_SMTP_TLS'],
    [{ code: 'EAUTH' }, 'PRV_ENDPOINTS_SMTP_LOGIN'],
  ])('%j is %s', (fault, code) => {
    expect(refusalOf(fault)).toBeNull()
    expect(fromSmtpFault(fault, 'mail.example:587', false)).toMatchObject({
      code,
      details: { server: 'mail.example:587' },
    })
  })

  it('is an unknown outcome without a reply once the text had begun to go, and a known one with a reply', () => {
    const cut = { code: 'ECONNECTION', command: 'CONN' }
    expect(fromSmtpFault(cut, 'm:25', true).code).toBe('PRV_ENDPOINTS_SMTP_NO_ANSWER')
    expect(fromSmtpFault(reply('421 Closing', 'DATA'), 'm:25', true).code).toBe('PRV_ENDPOINTS_SMTP_BUSY')
  })

  it('never shows the words of a reply: they may name a person', () => {
    const error = fromSmtpFault(reply('451 4.3.0 <ada@example.org> later', 'DATA'), 'm:25', true)
    expect(JSON.stringify([error, error.cause, error.message])).not.toContain('ada')
    expect(error.details.code).toBe('451 4.3.0')
  })
})

it('a reply is shown as one line in which nothing acts', () => {
  expect(shownReply('250 OK\u0007\u202e\r\n as  7')).toBe('250 OK as 7')
  expect(shownReply(`250 ${'x'.repeat(9000)}`)).toHaveLength(500)
})
