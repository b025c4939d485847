import type { CatalogueEntry } from '../entry.ts'

/** E-mail written from templates. */
export const mailErrors = {
  PRV_MAIL_TEMPLATE_MISSING: {
    failureClass: 'operator',
    status: 500,
    text: 'The template file {file} cannot be read ({fault}).',
    remedy: 'Put it there, or correct templatesFolder; NAME.subject.txt and NAME.txt are needed for each template.',
  },
  PRV_MAIL_TEMPLATE: {
    failureClass: 'operator',
    status: 500,
    text: 'The template file {file} cannot be used; line {line}, column {column}: {fault}.',
    remedy: 'Correct the file; the e-mails that wait are written then.',
  },
  PRV_MAIL_HEADER: {
    failureClass: 'message-bad',
    status: 422,
    text: 'The message {id} makes an e-mail with a {part} that none may have, such as two lines or none.',
    remedy:
      'Look at the message with portreeve dead-letters show: somebody may have tried to write headers of their own.',
  },
  PRV_MAIL_NOBODY: {
    failureClass: 'message-bad',
    status: 422,
    text: 'Nobody was told by e-mail, because no address stands under alertsTo.',
    remedy: 'Name those who look after the system under alertsTo, or take the type out of the route.',
  },
  PRV_MAIL_PLAIN_TEXT: {
    failureClass: 'operator',
    status: 500,
    text: 'E-mail to {server} would go over the network for all to read.',
    remedy: 'Set security to starttls or tls, or plainTextAllowed to true if the way there is protected otherwise.',
  },
  PRV_MAIL_ADDRESS_LATER: {
    failureClass: 'overload',
    status: 503,
    text: '{system} does not take an e-mail for the address of the message {id} at the moment (code {code}).',
    remedy: 'Nothing is to be done: it is tried again by itself, and refused after giveUpAfterDays.',
  },
} as const satisfies Record<string, CatalogueEntry>
