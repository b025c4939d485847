/**
 * The arrows of the house. A package imports lower tiers only, never its own; an entry in `only` narrows that further.
 * A room without a row fails the test: say here where it stands before you build it.
 */
export interface Room {
  readonly tier: number
  /** The only rooms it may import. Absent: every lower tier but engines and adapters. */
  readonly only?: readonly string[]
}

const adapterRooms = ['adapter-sdk', 'endpoints', 'envelope', 'model', 'formats', 'errors']

export const rooms: Readonly<Record<string, Room>> = {
  errors: { tier: 0 },
  telemetry: { tier: 0 },
  model: { tier: 1 },
  envelope: { tier: 1 },
  formats: { tier: 1 },
  log: { tier: 1 },
  database: { tier: 1 },
  'log-kafka': { tier: 2, only: ['errors', 'log'] },
  'log-sqlite': { tier: 2, only: ['errors', 'log', 'database'] },
  // Patterns see envelopes, never a log, a store or an adapter: the broker joins them.
  core: { tier: 2, only: ['errors', 'model', 'envelope'] },
  state: { tier: 2 },
  'claim-check': { tier: 2 },
  // Runs what a council wrote: the engines stand in a thread of their own.
  mappings: { tier: 2 },
  'adapter-sdk': { tier: 2 },
  endpoints: { tier: 3 },
  ledger: { tier: 3 },
  configuration: { tier: 4 },
  'adapter-crm-cases': { tier: 4, only: adapterRooms },
  'adapter-crm-open311': { tier: 4, only: adapterRooms },
  'adapter-electoral': { tier: 4, only: adapterRooms },
  'adapter-mail': { tier: 4, only: adapterRooms },
  'adapter-registers': { tier: 4, only: adapterRooms },
  'adapter-revenues': { tier: 4, only: adapterRooms },
  'adapter-revenues-accounts': { tier: 4, only: adapterRooms },
  'adapter-valuebill': { tier: 4, only: adapterRooms },
  // What `portreeve adapter new` makes adapters from; nothing imports it.
  'adapter-template': { tier: 4, only: adapterRooms },
  // The composition root: the only room that names engines and adapters.
  broker: { tier: 5 },
  gateway: { tier: 6, only: ['broker', 'configuration', 'model', 'envelope', 'errors', 'formats', 'telemetry'] },
  cli: { tier: 7 },
}

export const compositionRoot = 'broker'
/** The only file of the composition root that names engines, tests apart. */
export const engineFile = 'packages/broker/src/engines.ts'

export function isEngine(room: string): boolean {
  return room.startsWith('log-')
}

export function isEngineOrAdapter(room: string): boolean {
  return isEngine(room) || (room.startsWith('adapter-') && room !== 'adapter-sdk')
}

/**
 * Libraries that one room alone may see, so that another can take their place. A stand-in may: it must not judge by the code
 * that it judges. So may tests, which compare.
 */
export const hiddenLibraries: Readonly<Record<string, string>> = {
  '@opentelemetry/api': 'telemetry',
  '@opentelemetry/exporter-trace-otlp-http': 'telemetry',
  '@opentelemetry/resources': 'telemetry',
  '@opentelemetry/sdk-trace': 'telemetry',
  '@platformatic/kafka': 'log-kafka',
  '@prometheus-io/client': 'telemetry',
  'fast-xml-parser': 'formats',
  jsonata: 'mappings',
  'libxml2-wasm': 'formats',
  'libxslt-wasm': 'mappings',
  'node-rdkafka': 'log-kafka',
  nodemailer: 'endpoints',
  pg: 'endpoints',
  saxes: 'formats',
}

/** Files of a package which judge what the package does. */
export function isStandInOrTest(path: string): boolean {
  return /\/src\/fake-system(\/|\.ts$)|\.test\.ts$|\/testing\//.test(path)
}
