/**
 * The names that cross a boundary: what stands on a log, in a header, in a council's configuration. One word per concept; a
 * new one is said here first, and one that nothing uses any more goes.
 */

/** Topics, which are the types of messages too: `<domain>.<entity>.<fact, past tense>`. */
export const topics: Readonly<Record<string, string>> = {
  'customer.address-update.answered': 'a back office says what it did with a change of address',
  'customer.address-update.requested': 'one back office is asked to take over a change of address',
  'customer.address.changed': 'a person, with their household, has moved',
  'notification.email.requested': 'an e-mail is to be written from a template and sent',
  'operations.receiver.paused': 'a receiver cannot be reached: what is for it waits',
  'portreeve.process.recorded': 'one thing that an instance of a process has learnt',
  'portreeve.delivery.recorded': 'what became of a batch at a receiver',
  'portreeve.message.invalid': 'Invalid Message Channel: records that make no sense to a receiver',
  'portreeve.reference.reserved': 'a block of reference numbers was taken',
  'valuation.report.proposed': 'one billing authority report, on its way to the VOA',
  'valuation.report.refused': 'one report that was not accepted, or that the VOA refused',
  'valuation.submission.received': 'a file of reports lies in the claim check',
  'valuation.submission.refused': 'a file was refused as a whole',
  'valuation.submission.split': 'every report of a file has been published or refused',
}

/** Topics whose last word is not past tense, and why. */
export const topicWaivers: Readonly<Record<string, string>> = {
  'portreeve.message.invalid': "Hohpe & Woolf's name of the channel; the records are not facts of ours",
}

/** Headers of records: CloudEvents 1.0 in Kafka binary mode, and those of the Invalid Message Channel. */
export const headers: readonly string[] = [
  'ce_authority',
  'ce_causationid',
  'ce_channel',
  'ce_correlationid',
  'ce_customer',
  'ce_dataschema',
  'ce_egmscreator',
  'ce_egmssubject',
  'ce_egmstitle',
  'ce_history',
  'ce_id',
  'ce_lgil',
  'ce_lgsl',
  'ce_origin',
  'ce_prvreference',
  'ce_source',
  'ce_specversion',
  'ce_subject',
  'ce_time',
  'ce_traceparent',
  'ce_tracestate',
  'ce_type',
  'ce_uprn',
  'prv_code',
  'prv_place',
  'prv_receiver',
]

/** Keys of configuration, of every adapter too: the concept, and other words for it that no key may be. */
export const configKeys: Readonly<Record<string, { readonly means: string; readonly never?: readonly string[] }>> = {
  adapter: { means: 'which adapter an instance is of', never: ['type', 'connector', 'plugin'] },
  adapters: { means: 'the instances, by label' },
  apiKeys: { means: 'who may bring transactions', never: ['tokens', 'keys', 'clients'] },
  answersFolder: { means: 'where answers about files are written' },
  apiKey: { means: 'secret of a login that has no password', never: ['key', 'token', 'accessToken'] },
  authority: { means: 'the council' },
  baseUrl: {
    means: "address of a system's service",
    never: ['url', 'apiUrl', 'api_url', 'endpoint', 'address', 'host'],
  },
  batch: { means: 'how many messages are sent together' },
  billingAuthority: { means: 'name of the council as the VOA writes it' },
  billingAuthorityCode: {
    means: "the council's four digits at the VOA",
    never: ['baCode', 'billingAuthorityIdentityCode'],
  },
  caseType: { means: 'what a CRM calls a kind of case', never: ['serviceCode', 'requestType'] },
  choose: { means: 'Content-Based Router: the first branch that is true' },
  code: { means: 'GSS code of the council', never: ['gss', 'gssCode', 'onsCode'] },
  codesFile: { means: 'code lists that take the place of ours', never: ['codes', 'codeLists', 'codesPath'] },
  dataFolder: { means: 'where a broker keeps everything', never: ['dataDir', 'dataDirectory', 'dataPath'] },
  diskAlarmMegabytes: { means: 'free space below which the broker says so', never: ['minFree', 'diskLimit'] },
  door: { means: 'where transactions come in over HTTP', never: ['http', 'server', 'gateway'] },
  engine: { means: 'which engine keeps the log' },
  from: { means: 'topics that a route reads', never: ['source', 'input'] },
  hash: { means: 'digest that stands for a key', never: ['digest', 'keyHash'] },
  inboxFolder: { means: 'where files are dropped', never: ['inbox', 'dropFolder', 'inputFolder', 'watchFolder'] },
  listen: { means: 'IP address that the door listens at', never: ['bind', 'interface', 'bindAddress'] },
  integrationUser: { means: 'whom a system names as the author of what we write', never: ['ownUser', 'systemUser'] },
  log: { means: 'the log' },
  maxBodyBytes: { means: 'most bytes of one body', never: ['maxSize', 'bodyLimit', 'sizeLimit'] },
  maxMessages: { means: 'most messages of one batch', never: ['batchSize', 'maxCount'] },
  maxWaitSeconds: { means: 'how long a batch waits to be filled', never: ['linger', 'lingerMs', 'flushInterval'] },
  name: { means: 'what somebody is called: the council, or who has a key' },
  partitions: { means: 'partitions of a topic' },
  password: { means: 'secret of a login', never: ['secret', 'pass', 'passwd', 'pwd'] },
  pollEverySeconds: { means: 'time between two polls', never: ['interval', 'pollInterval', 'pollSeconds', 'schedule'] },
  port: { means: 'TCP port' },
  publicUrl: { means: 'address of the door as citizens know it', never: ['externalUrl', 'publicAddress'] },
  retentionDays: { means: 'how long records are kept', never: ['retention', 'ttl', 'keepDays'] },
  retentionMegabytes: { means: 'how much a partition keeps', never: ['maxMegabytes', 'retentionBytes'] },
  retired: { means: 'receivers that are no more and may have left messages' },
  schemaFolder: { means: "the publisher's schema files" },
  serviceCorrects: { means: 'the service puts right what it is known to put right' },
  settleSeconds: {
    means: 'how long a file stands still before it is complete',
    never: ['stableSeconds', 'quietSeconds'],
  },
  split: { means: 'Splitter: the adapter that reads the document' },
  startFrom: { means: 'where a new route begins on a topic that has messages', never: ['offset', 'offsetReset'] },
  timeoutSeconds: { means: 'how long a request may take', never: ['timeout', 'timeoutMs', 'requestTimeout'] },
  to: { means: 'receivers of a route', never: ['target', 'destination', 'output'] },
  topics: { means: 'how topics are kept' },
  when: { means: 'Message Filter: only what this is true of', never: ['if', 'filter', 'condition'] },
}

/** Numbers that count things and so have no unit. */
export const counts: readonly string[] = ['maxMessages', 'partitions', 'port']

/** Files of the patterns' room that are no pattern of Hohpe & Woolf, and what they are. */
export const patternWaivers: Readonly<Record<string, string>> = {
  'ask-before-resending': 'a step of delivery: what may have been sent is asked about first',
  attempts: 'the port that keeps what was about to be sent',
  'circuit-breaker': "Michael Nygard's Circuit Breaker (Release It!)",
  clock: 'time, to be given by tests',
  condition: 'what a filter or a router asks of a message',
  delivery: 'the whole of what a receiver is owed',
  'delivery-message': 'a message on its way to a receiver',
  'delivery-run': 'one call of delivery',
  exchange: 'one sending and its answer',
  'failure-class': 'the four classes of failure',
  'next-chunk': 'how much of a document a splitter reads at once',
  'open-attempts': 'what a death left unanswered',
  receiver: 'the port to what an adapter sends',
  retry: 'how long to wait before the next attempt',
  'sent-batch': 'what was sent together',
  begin: 'a step of the Process Manager: a transaction has come in',
  learn: 'steps of the Process Manager: what a system or a person says',
  'process-definition': 'the data of a process',
  'process-effect': 'what a step of the Process Manager sends out',
  'process-instance': 'one transaction under way',
  release: 'a step of the Process Manager: the requests whose turn it is',
  'request-id': 'the name of a request to a system',
  'transaction-body': 'what the Process Manager asks of a transaction',
  'working-days': 'the calendar of a council',
}
