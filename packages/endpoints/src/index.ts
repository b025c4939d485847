export { fromFileFault } from './file-faults.ts'
export { FileInbox, type FileInboxOptions, fileAt, type InboxFile, isUnchanged } from './file-inbox.ts'
export { shownFileName, shownPath } from './file-name.ts'
export { type HttpRequest, type HttpResponse, httpRequest } from './http-request.ts'
export { moveFile } from './move-file.ts'
export { readUnchanged } from './read-unchanged.ts'
export { retryAfter } from './retry-after.ts'
export { addressOf, isMailAddress, mailAddressPattern, senderPattern } from './smtp-address.ts'
export type { SmtpRefusal } from './smtp-faults.ts'
export { type Mail, type MailFault, mailFault, writeMail } from './smtp-mail.ts'
export { type SmtpAnswer, type SmtpServer, SmtpSession } from './smtp-session.ts'
export {
  openSql,
  type SqlCall,
  type SqlDatabase,
  type SqlOptions,
  type SqlParameter,
  type SqlRow,
  type SqlTransaction,
  type SqlValue,
} from './sql.ts'
export { sqlName, sqlNamePattern } from './sql-identifier.ts'
export { type Violation, violationOf } from './sql-violation.ts'
export { syncFolder } from './sync-folder.ts'
export { writeWholeFile } from './write-file.ts'
