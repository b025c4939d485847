import { rmSync } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { BrokerProcess } from './broker-process.ts'
import { type Certificates, makeCertificates } from './certificates.ts'
import { formatData } from './format.ts'
import { freePorts } from './free-ports.ts'
import { livingBrokers } from './living-brokers.ts'
import { hasTls, type Security, usersOf } from './security.ts'
import { type NodePorts, type Properties, serverProperties } from './server-properties.ts'

export interface ClusterOptions {
  /** Default: 1. With three, replication is 3 and `min.insync.replicas` 2. */
  readonly brokers?: 1 | 3
  /** Where data and logs lie; what is there is used again. Default: a temporary one, which goes when the cluster is closed. */
  readonly folder?: string
  /** One entry a broker. Default: free ones. */
  readonly ports?: readonly NodePorts[]
  /** Settings of every broker, over those of `server-properties.ts`. */
  readonly properties?: Properties
  /** Default: plain text. */
  readonly security?: Security
  /** Turns on ACLs: these principals (`User:admin`) may do everything, others nothing until `adminBrokers` was used to allow it. */
  readonly superUsers?: readonly string[]
  /** Default: 384. */
  readonly heapMegabytes?: number
  /** What Java spends its time on. Default: 'start'; 'work' for measurements and for brokers that stay. */
  readonly quick?: 'start' | 'work'
  /** The brokers go on when this process has ended. Default: false. */
  readonly outlives?: boolean
}

export interface KafkaCluster extends AsyncDisposable {
  /** For clients, `127.0.0.1:<port>` joined by commas. */
  readonly brokers: string
  /** In plain text and with all rights, whatever `security` says. The same as `brokers` without it. */
  readonly adminBrokers: string
  /** In the order of their ids, from 1. */
  readonly nodes: readonly BrokerProcess[]
  /** When the brokers speak TLS. */
  readonly certificates: Certificates | undefined
  readonly folder: string
  /** When every broker knows of every other one that it is alive. */
  allAlive(): Promise<void>
  /** Kills what runs; removes the folder if it is a temporary one. */
  close(): Promise<void>
}

const aliveWithinMs = 60_000

/** Apache Kafka on 127.0.0.1, when it answers. Rejects when it does not come up, with the end of a broker's log. */
export async function startCluster(options: ClusterOptions = {}): Promise<KafkaCluster> {
  const { brokers = 1, security = { protocol: 'PLAINTEXT' } } = options
  const folder = options.folder ?? (await mkdtemp(join(tmpdir(), 'kafka-')))
  const ports = options.ports ?? (await takePorts(brokers, security))
  const nodes = ports.map(({ internal }, index) => newNode(index + 1, internal, folder, options))
  const allAlive = () => untilAllAlive(ports)
  const leave = () => {
    for (const node of nodes) void node.kill()
    if (options.folder === undefined) rmSync(folder, { recursive: true, force: true })
  }
  process.once('exit', leave)
  const close = async () => {
    process.off('exit', leave)
    await Promise.all(nodes.map((node) => node.kill()))
    if (options.folder === undefined) await rm(folder, { recursive: true, force: true })
  }
  try {
    const certificates = hasTls(security) ? await makeCertificates(await emptied(join(folder, 'tls'))) : undefined
    await prepare(folder, ports, { ...options, security }, certificates)
    await Promise.all(nodes.map((node) => node.start()))
    await allAlive()
    if (options.outlives) process.off('exit', leave)
    const [clients, admins] = [ports.map((own) => own.client ?? own.internal), ports.map(({ internal }) => internal)]
    const [reached, administered] = [bootstrap(clients), bootstrap(admins)]
    const shared = { nodes, certificates, folder, allAlive, close, [Symbol.asyncDispose]: close }
    return { brokers: reached, adminBrokers: administered, ...shared }
  } catch (error) {
    await close()
    throw error
  }
}

function newNode(id: number, port: number, folder: string, options: ClusterOptions): BrokerProcess {
  const { heapMegabytes = 384, quick = 'start', outlives = false } = options
  return new BrokerProcess({ id, port, folder: nodeFolder(folder, id), heapMegabytes, quick, outlives })
}

/** Where the files of a broker lie in the folder of its cluster. */
export function nodeFolder(folder: string, id: number): string {
  return join(folder, String(id))
}

function bootstrap(ports: readonly number[]): string {
  return ports.map((port) => `127.0.0.1:${port}`).join(',')
}

async function takePorts(brokers: number, security: Security): Promise<readonly NodePorts[]> {
  const all = await freePorts(brokers * 3)
  return Array.from({ length: brokers }, (_, index) => {
    const [internal = 0, controller = 0, client = 0] = all.slice(index * 3)
    return { internal, controller, ...(security.protocol !== 'PLAINTEXT' && { client }) }
  })
}

async function emptied(folder: string): Promise<string> {
  await rm(folder, { recursive: true, force: true })
  return folder
}

type Prepared = ClusterOptions & { readonly security: Security }

/** Writes the settings; formats the data folders unless they are there. */
async function prepare(folder: string, ports: readonly NodePorts[], options: Prepared, certificates?: Certificates) {
  const { security, superUsers, properties = {} } = options
  const nodes = ports.map((_, index) => {
    const own = nodeFolder(folder, index + 1)
    return { id: index + 1, own, data: join(own, 'data'), properties: join(own, 'server.properties') }
  })
  for (const { id, own, data, properties: file } of nodes) {
    await mkdir(own, { recursive: true })
    const text = serverProperties({ id, ports, data, security, certificates, superUsers, properties })
    await writeFile(file, text, { mode: 0o600 })
  }
  await formatData(nodes, usersOf(security))
}

async function untilAllAlive(ports: readonly NodePorts[]): Promise<void> {
  for (const began = Date.now(); ; await sleep(50)) {
    const known = await Promise.allSettled(ports.map(({ internal }) => livingBrokers(internal)))
    if (known.every((answer) => answer.status === 'fulfilled' && answer.value.length === ports.length)) return
    if (Date.now() - began > aliveWithinMs) throw new Error('The brokers do not all know of each other')
  }
}
