import type { CatalogueEntry } from '../entry.ts'

/** Transports: HTTP requests, SQL databases, folders that files come from and go to. */
export const endpointsErrors = {
  PRV_ENDPOINTS_HTTP_URL: {
    failureClass: 'operator',
    status: 500,
    text: 'The address {url} is not one that HTTP can reach.',
    remedy: 'Write a whole address that begins with http:// or https:// into the configuration.',
  },
  PRV_ENDPOINTS_HTTP_UNREACHABLE: {
    failureClass: 'target-down',
    status: 503,
    text: '{method} {url} was not sent, because no connection could be made ({fault}).',
    remedy:
      'Check the address, the network, the certificate and whether the service is up; it is tried again by itself.',
  },
  PRV_ENDPOINTS_HTTP_NO_ANSWER: {
    failureClass: 'unknown-outcome',
    status: 504,
    text: '{method} {url} was sent, but no whole answer came back ({fault}).',
    remedy: 'The service is asked what became of it before anything is sent again; if it goes on, call its operator.',
  },
  PRV_ENDPOINTS_HTTP_BODY_TOO_LARGE: {
    failureClass: 'unknown-outcome',
    status: 502,
    text: 'The answer to {method} {url} is larger than {maxBodyBytes} bytes, so it was not read.',
    remedy: 'Raise maxBodyBytes if the service really answers at such length; else check what stands at that address.',
  },
  PRV_ENDPOINTS_SMTP_UNREACHABLE: {
    failureClass: 'target-down',
    status: 503,
    text: 'No e-mail was handed to {server}, because no connection could be made or kept ({fault}).',
    remedy: 'Check the host, the port, the network and whether the mail server is up; it is tried again by itself.',
  },
  PRV_ENDPOINTS_SMTP_TLS: {
    failureClass: 'operator',
    status: 503,
    text: 'No e-mail was handed to {server}, because no protected connection could be made ({fault}).',
    remedy: 'Check that the server offers the kind of TLS that is configured, with a certificate for that name.',
  },
  PRV_ENDPOINTS_SMTP_LOGIN: {
    failureClass: 'operator',
    status: 503,
    text: 'The mail server {server} did not accept the login (code {code}).',
    remedy: 'Check the user and the password in the configuration; the server may also want a login where none is set.',
  },
  PRV_ENDPOINTS_SMTP_NOT_ALLOWED: {
    failureClass: 'operator',
    status: 503,
    text: 'The mail server {server} takes no e-mail from this machine or this sender (code {code}).',
    remedy: "Ask its operator to let this machine send for that sender's address, or name another sender.",
  },
  PRV_ENDPOINTS_SMTP_BUSY: {
    failureClass: 'overload',
    status: 503,
    text: 'The mail server {server} takes no e-mail at the moment (code {code}).',
    remedy: 'Nothing is to be done unless it goes on: it is tried again by itself.',
  },
  PRV_ENDPOINTS_SMTP_NO_ANSWER: {
    failureClass: 'unknown-outcome',
    status: 504,
    text: 'An e-mail went to {server}, but it never said whether it took it ({fault}).',
    remedy: "Look for its Message-ID in the mail server's log, then say what became of it, or send it again.",
  },
  PRV_ENDPOINTS_STOPPED: {
    failureClass: 'target-down',
    status: 503,
    text: '{operation} was not begun, because the broker is stopping.',
    remedy: 'Nothing is to be done: it is done after the next start.',
  },
  PRV_ENDPOINTS_DISK_FULL: {
    failureClass: 'operator',
    status: 507,
    text: 'Could not {operation} {path}: the disk is full ({fault}).',
    remedy: 'Free some space; it goes on by itself then. Nothing was lost.',
  },
  PRV_ENDPOINTS_FILE_NOT_WRITABLE: {
    failureClass: 'operator',
    status: 500,
    text: 'Could not {operation} {path}: it lies on a file system that may only be read ({fault}).',
    remedy: 'Mount it for writing, or name another folder in the configuration.',
  },
  PRV_ENDPOINTS_FILE_NOT_ALLOWED: {
    failureClass: 'operator',
    status: 500,
    text: 'Could not {operation} {path}: this user may not ({fault}).',
    remedy: 'Give the user that the broker runs as the right to read and write there.',
  },
  PRV_ENDPOINTS_FILE_FAILED: {
    failureClass: 'operator',
    status: 500,
    text: 'Could not {operation} {path} ({fault}).',
    remedy: 'Look at the disk or the network drive; it is tried again.',
  },
  PRV_ENDPOINTS_FILE_STRANGE: {
    failureClass: 'operator',
    status: 500,
    text: 'The folder {folder} holds {count} things that are never taken, among them {name}.',
    remedy: 'Take away links, devices and files whose names no system can spell; drop plain files instead.',
  },
  PRV_ENDPOINTS_FILE_CHANGED: {
    failureClass: 'target-down',
    status: 409,
    text: 'The file {file} changed while it was read, so it was left where it is.',
    remedy: 'Write it under another name, such as one ending in .part, and rename it when it is whole.',
  },
  PRV_ENDPOINTS_SQL_ADDRESS: {
    failureClass: 'operator',
    status: 500,
    text: 'A databaseUrl is not one that can be used: {fault}.',
    remedy:
      'Write postgresql://USER@HOST/DATABASE, with the password in its own setting, or sqlite: and the path of a file.',
  },
  PRV_ENDPOINTS_SQL_UNREACHABLE: {
    failureClass: 'target-down',
    status: 503,
    text: 'The database {database} could not be reached ({fault}); nothing was written.',
    remedy:
      'Check the address, the network, the certificate and whether the database is up; it is tried again by itself.',
  },
  PRV_ENDPOINTS_SQL_LOGIN: {
    failureClass: 'operator',
    status: 502,
    text: 'The database {database} refused the login ({fault}).',
    remedy: 'Check the user in databaseUrl and the password; what is waiting goes on once they are right.',
  },
  PRV_ENDPOINTS_SQL_NOT_ALLOWED: {
    failureClass: 'operator',
    status: 502,
    text: 'The database {database} does not let this user do what was asked ({fault}).',
    remedy: "Have the database's administrator grant it; the adapter's page says which rights it needs.",
  },
  PRV_ENDPOINTS_SQL_READ_ONLY: {
    failureClass: 'operator',
    status: 502,
    text: 'The database {database} may only be read ({fault}); nothing was written.',
    remedy: 'Name the database that takes changes: this one is a standby, or set to be read only.',
  },
  PRV_ENDPOINTS_SQL_STATEMENT: {
    failureClass: 'operator',
    status: 502,
    text: 'The database {database} does not know what it was asked for ({fault}); nothing was written.',
    remedy: 'Check the names of the database, its tables and columns in the configuration; capitals count.',
  },
  PRV_ENDPOINTS_SQL_LOCKED: {
    failureClass: 'overload',
    status: 503,
    text: 'Somebody else kept what was needed in {database} locked ({fault}); nothing was written.',
    remedy: 'Nothing is to be done: it is tried again. If it goes on, look for a long job that holds the tables.',
  },
  PRV_ENDPOINTS_SQL_BUSY: {
    failureClass: 'overload',
    status: 503,
    text: 'The database {database} has no room for more work ({fault}); nothing was written.',
    remedy: "Nothing is to be done: it is tried again. If it goes on, ask the database's administrator.",
  },
  PRV_ENDPOINTS_SQL_SLOW: {
    failureClass: 'target-down',
    status: 504,
    text: 'The database {database} was not done within {timeoutMs} ms; nothing was written.',
    remedy: 'It is tried again by itself; if it goes on, look at the database or raise timeoutSeconds.',
  },
  PRV_ENDPOINTS_SQL_OUTCOME_UNKNOWN: {
    failureClass: 'unknown-outcome',
    status: 504,
    text: 'The database {database} did not say whether it kept what was written ({fault}).',
    remedy: 'It is looked up before anything is written again.',
  },
  PRV_ENDPOINTS_SQL_CONSTRAINT: {
    failureClass: 'message-bad',
    status: 422,
    text: 'A rule of the database {database} forbids it ({kind}: {constraint}); nothing was written.',
    remedy: "Look at that rule with the database's administrator, and put the message right.",
  },
  PRV_ENDPOINTS_SQL_VALUE: {
    failureClass: 'message-bad',
    status: 422,
    text: 'A column of the database {database} cannot hold a value of this message ({fault}); nothing was written.',
    remedy: 'Look for a text that is too long or a date that is none, and put the message right.',
  },
  PRV_ENDPOINTS_SQL_FAILED: {
    failureClass: 'operator',
    status: 502,
    text: 'The database {database} failed ({fault}); nothing was written.',
    remedy: "Look into the database's own log; it is tried again.",
  },
} as const satisfies Record<string, CatalogueEntry>
