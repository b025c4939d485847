import type { CatalogueEntry } from '../entry.ts'

/** The command. Its exit code follows the status: 400 is wrong use, the rest of the 400s a "no", the 500s a fault. */
export const cliErrors = {
  PRV_CLI_USAGE: {
    failureClass: 'operator',
    status: 400,
    text: 'The command was not understood: {problem}.',
    remedy: 'See what it takes: {command} --help.',
  },
  PRV_CLI_NO_CONFIGURATION: {
    failureClass: 'operator',
    status: 500,
    text: 'There is no broker.yaml in {folder}, so it is not known which broker is meant.',
    remedy:
      'Name the folder that holds broker.yaml with --config or PORTREEVE_CONFIG. To begin one: mkdir -p ../portreeve-config && cp -R config/examples/reports-to-voa/. ../portreeve-config/ and go by docs/how-to/connect-your-systems.md.',
  },
  PRV_CLI_NOT_KNOWN: {
    failureClass: 'operator',
    status: 404,
    text: 'There is no {what} {value}.',
    remedy: 'Try this: {advice}',
  },
  PRV_CLI_CANNOT_VALIDATE: {
    failureClass: 'operator',
    status: 400,
    text: 'Files cannot be validated with the adapter {adapter}: it reads no documents.',
    remedy: 'Use one of: {adapters}.',
  },
  PRV_CLI_NO_INBOX: {
    failureClass: 'operator',
    status: 400,
    text: 'The adapter {label} has no inbox folder to put a file into.',
    remedy: 'Use one of these labels: {labels}.',
  },
  PRV_CLI_FILE_UNREADABLE: {
    failureClass: 'operator',
    status: 500,
    text: 'The file {file} cannot be read ({why}).',
    remedy: 'Check the path and who may read it.',
  },
  PRV_CLI_FILE_IN_THE_WAY: {
    failureClass: 'operator',
    status: 409,
    text: 'A file named {file} is still in the inbox {inbox}, so the new one was not put there.',
    remedy: 'Wait until it has been taken, or send the new one under another name.',
  },
  PRV_CLI_INBOX_UNWRITABLE: {
    failureClass: 'operator',
    status: 500,
    text: 'The file {file} cannot be put into the inbox {inbox} ({why}).',
    remedy: 'Check that the folder is there, who may write to it, and that the disk is not full; nothing was sent.',
  },
  PRV_CLI_EDITOR: {
    failureClass: 'operator',
    status: 500,
    text: 'The editor {editor} could not be used ({why}).',
    remedy: 'Set EDITOR to an editor that is installed, or give the new body with --body FILE.',
  },
  PRV_CLI_NOTHING_EDITED: {
    failureClass: 'operator',
    status: 409,
    text: 'The body was left as it was, so nothing was done.',
    remedy: 'Use dead-letters retry, or approve for a transaction, to let it go as it is.',
  },
  PRV_CLI_BODY_NOT_JSON: {
    failureClass: 'operator',
    status: 422,
    text: 'The new body is not JSON any more, so nothing was done; it lies in {file}.',
    remedy: 'Correct that file, give it with --body, then remove it: it may hold personal data.',
  },
  PRV_CLI_EDIT_REFUSED: {
    failureClass: 'operator',
    status: 422,
    text: 'The edited body is no {type}, at {path} (line {line}): {sentence} Nothing was done; it lies in {file}.',
    remedy: 'Correct that file, give it with --body, then remove it: it may hold personal data.',
  },
  PRV_CLI_NOT_A_CANDIDATE: {
    failureClass: 'operator',
    status: 409,
    text: 'The person given is none of those whom {system} has named for the transaction {reference}.',
    remedy:
      'See whom it has named: portreeve transactions show {reference}. Where another one is meant all the same, add --even-so.',
  },
  PRV_CLI_NOT_ASKED_AGAIN: {
    failureClass: 'operator',
    status: 409,
    text: 'What the transaction {reference} said is not kept any more, for it was over: {system} cannot be asked again.',
    remedy: 'Put it right in {system} by hand, then say --done.',
  },
  PRV_CLI_BODY_NOT_TEXT: {
    failureClass: 'operator',
    status: 422,
    text: 'The message behind {key} has no text as its body, so it cannot be edited here.',
    remedy: 'Give the whole new body with --body FILE.',
  },
  PRV_CLI_NO_CHECKOUT: {
    failureClass: 'operator',
    status: 500,
    text: 'The folder {folder} is not in a checkout of Portreeve, where adapters live.',
    remedy: 'Clone Portreeve, change to that folder, and run the command there.',
  },
  PRV_CLI_ADAPTER_EXISTS: {
    failureClass: 'operator',
    status: 409,
    text: 'There is a folder {folder} already, so nothing was made.',
    remedy: 'Choose another name, or change the adapter that is there.',
  },
  PRV_CLI_CHECKOUT_UNWRITABLE: {
    failureClass: 'operator',
    status: 500,
    text: 'The adapter {folder} cannot be made ({why}).',
    remedy: 'Check who may write to the checkout, and that no file of it is missing: git status.',
  },
  PRV_CLI_STOP_TOO_LONG: {
    failureClass: 'operator',
    status: 500,
    text: 'The stop was not over within {seconds} seconds, so it was cut short. Nothing is lost by it.',
    remedy:
      'Nothing is to be done: the next start goes on from here. If it happens again, report which system was slow.',
  },
  PRV_CLI_UNEXPECTED: {
    failureClass: 'operator',
    status: 500,
    text: 'Something unforeseen happened ({what}).',
    remedy: 'Run the command again with --debug and report what it prints.',
  },
} as const satisfies Record<string, CatalogueEntry>
