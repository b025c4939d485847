import { type ErrorCode, type ErrorDetails, PortreeveError } from '@portreeve/errors'

/** What the library tells of a fault. Its message is never shown: it may hold an address. */
export interface SmtpFault {
  readonly code?: string | undefined
  /** What the system said below it, such as `ECONNREFUSED`. */
  readonly originalCode?: string | undefined
  readonly responseCode?: number | undefined
  /** The whole reply. */
  readonly response?: string | undefined
  /** The command that it answers: `CONN`, `AUTH PLAIN`, `MAIL FROM`, `RCPT TO`, `DATA`. */
  readonly command?: string | undefined
}

/** The server's no to one e-mail; another one may fare better. */
export interface SmtpRefusal {
  /** `refused`: for good (5yz). `later`: not now, for this address (4yz at RCPT TO). */
  readonly state: 'refused' | 'later'
  /** With the enhanced code, where there is one: `550 5.1.1`. RFC 5321, 4.2.3; RFC 3463. */
  readonly code: string
  /** May name the address. */
  readonly words: string
}

/** SMTP has no word for how long to wait. */
const busyMs = 10_000

const loginWanted = new Set([530, 534, 535, 538])

/** The reply to an e-mail that concerns this e-mail alone; `null`: it concerns the server, or there is no reply. */
export function refusalOf({ responseCode = 0, response = '', command }: SmtpFault): SmtpRefusal | null {
  const ofAddress = command === 'RCPT TO'
  const ofMail = ofAddress || command === 'DATA' || responseCode === 552
  if (responseCode === 421 || responseCode < 400 || loginWanted.has(responseCode)) return null
  if (responseCode >= 500 && ofMail) return { state: 'refused', ...partsOf(response) }
  return responseCode < 500 && ofAddress ? { state: 'later', ...partsOf(response) } : null
}

/** `server` is `host:port`. `mayHaveLeft`: the e-mail's text had begun to go. */
export function fromSmtpFault(fault: SmtpFault, server: string, mayHaveLeft: boolean): PortreeveError {
  const { responseCode = 0, response = '' } = fault
  const error = (code: ErrorCode, details: ErrorDetails) =>
    new PortreeveError(code, { server, ...details }, { cause: fault.code })
  if (responseCode >= 400 && fault.code !== 'ETLS') {
    const { code } = partsOf(response)
    return responseCode < 500
      ? error('PRV_ENDPOINTS_SMTP_BUSY', { code, retryAfterMs: busyMs })
      : error(refusing(fault), { code })
  }
  const what = fault.originalCode ?? fault.code ?? 'unknown'
  if (mayHaveLeft) return error('PRV_ENDPOINTS_SMTP_NO_ANSWER', { fault: what })
  if (fault.code === 'EAUTH') return error('PRV_ENDPOINTS_SMTP_LOGIN', { code: 'none' })
  const ofTls = fault.code === 'ETLS' || /CERT|_TLS_|_SSL_|ISSUER/.test(what)
  return error(ofTls ? 'PRV_ENDPOINTS_SMTP_TLS' : 'PRV_ENDPOINTS_SMTP_UNREACHABLE', { fault: what })
}

function refusing({ code, responseCode = 0 }: SmtpFault): ErrorCode {
  return code === 'EAUTH' || loginWanted.has(responseCode)
    ? 'PRV_ENDPOINTS_SMTP_LOGIN'
    : 'PRV_ENDPOINTS_SMTP_NOT_ALLOWED'
}

/** A reply as `code` and `words`, several lines as one. */
function partsOf(response: string): { readonly code: string; readonly words: string } {
  const lines = response.split(/\r?\n/).map((line) => /^(\d{3})[ -]?(?:([245]\.\d{1,3}\.\d{1,3})\b)? ?(.*)$/.exec(line))
  const [basic = '', enhanced] = lines[0]?.slice(1) ?? []
  const words = lines.map((parts) => parts?.[3] ?? '').join(' ')
  return { code: enhanced ? `${basic} ${enhanced}` : basic, words: shownReply(words) }
}

/** A reply for people: one line, nothing acts. */
export function shownReply(reply: string): string {
  return reply
    .replace(/[\s\p{C}]+/gu, ' ')
    .trim()
    .slice(0, 500)
}
