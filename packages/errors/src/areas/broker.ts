import type { CatalogueEntry } from '../entry.ts'

/** The broker at work: joining log, state, ledger and adapters. */
export const brokerErrors = {
  PRV_BROKER_UNEXPECTED: {
    failureClass: 'operator',
    status: 500,
    text: 'Something unforeseen happened ({what}).',
    remedy: 'Run the command again with --debug and report what it prints.',
  },
  PRV_BROKER_STOPPING: {
    failureClass: 'target-down',
    status: 503,
    text: 'The broker is stopping.',
    remedy: 'Send it again when the broker runs; nothing was lost.',
  },
  PRV_BROKER_BUSY: {
    failureClass: 'overload',
    status: 503,
    text: 'More came at once than can be written: {waiting} wait already.',
    remedy: 'Send it again in a moment, under the same idempotency key.',
  },
  PRV_BROKER_STARTING: {
    failureClass: 'target-down',
    status: 503,
    text: 'The broker has just started and is still reading what it has accepted before.',
    remedy: 'Ask again in a moment.',
  },
  PRV_BROKER_NOT_ENTERED: {
    failureClass: 'target-down',
    status: 503,
    text: 'The transaction is safe, but it is not entered in the ledger yet.',
    remedy: 'Ask again in a moment.',
  },
  PRV_BROKER_DOOR_DISK_LOW: {
    failureClass: 'operator',
    status: 503,
    text: 'The disk of the broker is nearly full.',
    remedy: 'See portreeve status on its machine. What is brought is taken as long as it can be written.',
  },
  PRV_BROKER_DOOR_KEY: {
    failureClass: 'operator',
    status: 500,
    text: 'The file {file}, which the status addresses are made with, cannot be used: {fault}.',
    remedy:
      'Put it back from a backup. Where there is none, remove it: addresses that were given out lead nowhere then.',
  },
  PRV_BROKER_DISK_LOW: {
    failureClass: 'operator',
    status: 507,
    text: 'Only {freeMegabytes} MB are free on the disk of {folder}, fewer than the {diskAlarmMegabytes} MB that are wanted.',
    remedy:
      'Free some space, or keep less: retentionDays and retentionMegabytes. When nothing is left, files stay in the inbox and nothing is lost.',
  },
  PRV_BROKER_BACKUP_UNDER_WAY: {
    failureClass: 'target-down',
    status: 409,
    text: 'A backup of {folder} is under way already.',
    remedy: 'Wait until it is over. One that was broken off is forgotten after a minute.',
  },
  PRV_BROKER_BACKUP_LOG_ELSEWHERE: {
    failureClass: 'operator',
    status: 409,
    text: 'The log of {folder} is not in that folder, so a copy of the folder alone would be no backup.',
    remedy: 'Back up the Kafka cluster by its own means: replicas, and a mirror elsewhere.',
  },
  PRV_BROKER_BACKUP_LAPSED: {
    failureClass: 'target-down',
    status: 409,
    text: 'The files of {folder} were not held still until the backup was over, so the copy is not sound.',
    remedy:
      'Take the backup again. If it goes on, see that this machine is not overloaded, and the broker not restarted meanwhile.',
  },
  PRV_BROKER_BACKUP_COPY: {
    failureClass: 'operator',
    status: 500,
    text: 'The backup cannot be written to {folder} ({fault}).',
    remedy:
      'Check that its disk has room and that this user may write there and read the data folder. The broker goes on.',
  },
  PRV_BROKER_BACKUP_IN_THE_WAY: {
    failureClass: 'operator',
    status: 409,
    text: 'There is something at {folder} already, so no backup was written there.',
    remedy: 'Name a folder that is not there yet, such as one with the day in its name.',
  },
  PRV_BROKER_ADMIN_SOCKET: {
    failureClass: 'operator',
    status: 500,
    text: 'The admin socket {address} cannot be opened.',
    remedy: 'Check that the data folder may be written to by this user.',
  },
  PRV_BROKER_ADMIN_NO_ANSWER: {
    failureClass: 'target-down',
    status: 503,
    text: 'The broker at {address} gave no answer ({fault}).',
    remedy: 'Try again: it may have stopped meanwhile, and then the folder is read without it.',
  },
  PRV_BROKER_OPERATION_UNKNOWN: {
    failureClass: 'operator',
    status: 404,
    text: 'The broker knows no operation {url}.',
    remedy: 'Use the portreeve command of the same version as the broker that runs.',
  },
  PRV_BROKER_OPERATION_ARGUMENT: {
    failureClass: 'operator',
    status: 400,
    text: 'The broker cannot do {operation} as it was asked: {place} {problem}.',
    remedy: 'Correct it there; or use the portreeve command of the same version as the broker that runs.',
  },
  PRV_BROKER_OPERATION_TOO_LARGE: {
    failureClass: 'operator',
    status: 413,
    text: 'The request to the admin socket is larger than {maxBodyBytes} bytes.',
    remedy: 'Send a smaller body.',
  },
  PRV_BROKER_SPLIT_PROGRESS: {
    failureClass: 'operator',
    status: 500,
    text: 'The place inside a document reads {metadata}, which this version did not write.',
    remedy: 'Start the version that began the document, let it finish, then upgrade.',
  },
  PRV_BROKER_SUBMISSION_BODY: {
    failureClass: 'message-bad',
    status: 422,
    text: 'A submission does not say which file it stands for: fileName, digest and sizeBytes are needed.',
    remedy: 'Publish submissions through an adapter; see docs/how-to/connect-your-systems.md.',
  },
  PRV_BROKER_REPLAY_DELIVERED_BEFORE: {
    failureClass: 'already-done',
    status: 409,
    text: 'It had the message already, so the replay was not sent.',
    remedy: 'Nothing. To have it take effect once more, replay with --again.',
  },
  PRV_BROKER_REPLAY_RECEIVER: {
    failureClass: 'operator',
    status: 400,
    text: 'A replay to {receiver} of {type} goes to nobody. Receivers are: {receivers}.',
    remedy: 'Name one receiver that takes the type, or say that all of them are meant (--all-receivers).',
  },
  PRV_BROKER_REPLAY_NOT_HERE: {
    failureClass: 'operator',
    status: 409,
    text: 'The replay {replay} is for {receiver}, which is no receiver of the configuration of this worker; it stays under way.',
    remedy:
      'Give this worker the configuration of the others, or stop the replay with portreeve replay stop if the receiver is gone for good.',
  },
  PRV_BROKER_REPLAY_NOT_UNDER_WAY: {
    failureClass: 'operator',
    status: 404,
    text: 'No replay {replay} is under way.',
    remedy: 'See which are with portreeve replay list.',
  },
  PRV_BROKER_RECORD_GONE: {
    failureClass: 'operator',
    status: 410,
    text: 'The record {topic}/{partition}/{offset} is not kept any more.',
    remedy: 'Take it from a backup of the data folder, or ask the sender for it again.',
  },
  PRV_BROKER_EDIT_REFUSED: {
    failureClass: 'message-bad',
    status: 422,
    text: 'The edited body is no {type}, at {path} (line {line}): {sentence}',
    remedy: 'Correct the edit and try again; what waits stays as it was.',
  },
  PRV_BROKER_RECORD_TOO_LARGE: {
    failureClass: 'message-bad',
    status: 413,
    text: 'A record of {bytes} bytes is larger than the {maxBodyBytes} that a message may have.',
    remedy: 'Send it in smaller parts.',
  },
  PRV_BROKER_NO_DATA: {
    failureClass: 'operator',
    status: 404,
    text: 'There is no data in {folder} yet: no broker has run with this configuration.',
    remedy: 'Check dataFolder in broker.yaml, or start the broker with portreeve run.',
  },
  PRV_BROKER_NOT_RUNNING: {
    failureClass: 'target-down',
    status: 503,
    text: 'No broker runs on the data folder {folder}.',
    remedy: 'Start it with portreeve run: a start takes the configuration as it is then.',
  },
  PRV_BROKER_NO_ACTIVE_CONFIGURATION: {
    failureClass: 'operator',
    status: 404,
    text: 'It is not known what configuration the broker on {folder} works with: it is of an earlier version.',
    remedy: 'Start a broker of this version once; or compare two folders with --against.',
  },
  PRV_BROKER_ACTIVE_CONFIGURATION: {
    failureClass: 'operator',
    status: 500,
    text: 'The file {file}, which says what configuration the broker worked with last, cannot be used: {fault}.',
    remedy:
      'Let this user read it. Where it is damaged, or of another version, a broker writes it anew when it starts; until then compare two folders with --against.',
  },
  PRV_BROKER_APPLY_UNDER_WAY: {
    failureClass: 'target-down',
    status: 409,
    text: 'The broker is taking over another configuration at the moment.',
    remedy: 'Wait until that is over, and see with portreeve diff what is still other.',
  },
  PRV_BROKER_APPLY_OTHER: {
    failureClass: 'operator',
    status: 409,
    text: 'The broker reads its configuration from {folder}, where {found} stands, and not {version}.',
    remedy: 'Put the changed files there; or, when they were changed just now, look at portreeve diff again.',
  },
  PRV_BROKER_APPLY_RESTART: {
    failureClass: 'operator',
    status: 409,
    text: 'The broker cannot take over another {settings} while it runs. It goes on as before.',
    remedy: 'Restart it, or leave these settings as they are.',
  },
  PRV_BROKER_APPLY_ADAPTER: {
    failureClass: 'operator',
    status: 409,
    text: 'The changed adapter {label} does not work ({code}): {fault} The broker goes on as before.',
    remedy: 'Put its settings right, or its system; portreeve check --config tries it without the broker.',
  },
  PRV_BROKER_APPLY_REFUSED: {
    failureClass: 'operator',
    status: 409,
    text: 'The configuration cannot be taken over ({code}): {sentence} The broker goes on as before.',
    remedy: 'Put it right in the configuration; portreeve diff tells all that would be refused.',
  },
  PRV_BROKER_RECEIVER_GONE: {
    failureClass: 'operator',
    status: 409,
    text: 'The configuration has no receiver or split route {receiver} any more, but up to {waiting} messages wait for it.',
    remedy: 'Put its route back and let them go, or name it under retired in broker.yaml to leave them unsent.',
  },
  PRV_BROKER_RECEIVER_NEW: {
    failureClass: 'operator',
    status: 409,
    text: '{receiver} is new, but {topic} has up to {messages} messages already, which it would be sent.',
    remedy:
      'If its route was renamed, rename it back. If it is to get them all, write startFrom: beginning in the route.',
  },
  PRV_BROKER_ANSWER_UNMATCHED: {
    failureClass: 'message-bad',
    status: 422,
    text: '{system} has answered a request that it was never sent.',
    remedy: 'Ask its administrators what the answer is about: it is kept in portreeve.message.invalid.',
  },
  PRV_BROKER_BODY_INVALID: {
    failureClass: 'message-bad',
    status: 422,
    text: 'A message of type {type} is not as its schema says, at {path}.',
    remedy: 'Look at who made it: it is kept in portreeve.message.invalid.',
  },
  PRV_BROKER_TRANSACTION_UNKNOWN: {
    failureClass: 'operator',
    status: 404,
    text: 'No process handles a transaction with the reference {reference}.',
    remedy: 'Check the reference; portreeve track finds any message by it.',
  },
  PRV_BROKER_NOT_HELD: {
    failureClass: 'operator',
    status: 409,
    text: 'The transaction {reference} does not wait for a decision.',
    remedy: 'See where it stands: portreeve track {reference}.',
  },
  PRV_BROKER_NEEDS_NOBODY: {
    failureClass: 'operator',
    status: 409,
    text: '{system} does not need a person for the transaction {reference}.',
    remedy: 'See where it stands: portreeve track {reference}.',
  },
  PRV_BROKER_PROCESS_GONE: {
    failureClass: 'operator',
    status: 409,
    text: 'The process {process} is not configured any more, but {open} of its transactions are under way.',
    remedy: 'Put processes/{process}.yaml back until they are over.',
  },
  PRV_BROKER_NOT_ASKED_AGAIN: {
    failureClass: 'operator',
    status: 409,
    text: '{system} cannot be asked again about the transaction {reference}: it was over and what was to be sent is forgotten, or the configuration has {system} no more.',
    remedy: 'Deal with it there by hand, then say so: portreeve resolve {reference} {system} --done.',
  },
  PRV_BROKER_DEAD_LETTER_FIRST: {
    failureClass: 'operator',
    status: 409,
    text: 'What {system} was to be sent is a dead letter, which holds up what comes behind it.',
    remedy: 'Retry it, or have it not sent at all before you resolve: portreeve dead-letters discard {receiver} {key}.',
  },
  PRV_BROKER_BODY_TOO_LARGE: {
    failureClass: 'message-bad',
    status: 413,
    text: 'A message of type {type} is too large for a process: {bytes} bytes where {maxBytes} are kept.',
    remedy: 'Look at who made it: it is kept in portreeve.message.invalid.',
  },
} as const satisfies Record<string, CatalogueEntry>
