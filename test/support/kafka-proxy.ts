import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'
import { freePorts } from '../../docker/kafka/free-ports.ts'
import { type KafkaCluster, startKafka } from './kafka.ts'

/** Numbers of requests, by Kafka's protocol guide. */
export const kafkaRequests = { endTransaction: 26 } as const

export interface BehindProxy {
  readonly proxy: KafkaProxy
  /** Its `adminBrokers` are not behind the proxy. */
  readonly cluster: KafkaCluster
  /** For clients that are to come by the proxy. */
  readonly brokers: string
}

/** One broker that sends its clients to a proxy, and ends transactions that stand open for too long within half a second. */
export async function startBehindProxy(): Promise<BehindProxy> {
  const proxy = await KafkaProxy.start()
  const [internal = 0, controller = 0, client = 0] = await freePorts(3)
  proxy.passTo(client)
  const brokers = `127.0.0.1:${proxy.port}`
  const cluster = await startKafka({
    ports: [{ internal, controller, client }],
    properties: {
      'advertised.listeners': `INTERNAL://127.0.0.1:${internal},CLIENT://${brokers}`,
      'transaction.abort.timed.out.transaction.cleanup.interval.ms': 500,
    },
  })
  return { proxy, cluster, brokers }
}

type Lost = 'request' | 'answer'

interface Plan {
  readonly request: number
  readonly lost: Lost
  readonly happened: () => void
}

/**
 * Stands between clients and a broker that advertises it. It passes everything on until a planned fault: then one request, or the answer
 * to it, is lost, and it is dark, which cuts every connection and lets none come about, until `light` is called.
 */
export class KafkaProxy implements AsyncDisposable {
  readonly #server: Server
  readonly #sockets = new Set<Socket>()
  #target = 0
  #isDark = false
  #plan: Plan | null = null

  private constructor(server: Server) {
    this.#server = server
    server.on('connection', (client) => this.#join(client))
  }

  static async start(): Promise<KafkaProxy> {
    const server = createServer()
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    return new KafkaProxy(server)
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port
  }

  passTo(port: number): void {
    this.#target = port
  }

  /** Resolves when the next request of this number, or its answer, was lost and the proxy is dark. */
  lose(lost: Lost, request: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>()
    this.#plan = { request, lost, happened: resolve }
    return promise
  }

  light(): void {
    this.#isDark = false
  }

  goDark(): void {
    this.#isDark = true
    for (const socket of this.#sockets) socket.destroy()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.goDark()
    this.#server.close()
    await once(this.#server, 'close')
  }

  #join(client: Socket): void {
    this.#hold(client)
    if (this.#isDark) return void client.destroy()
    const broker = this.#hold(connect(this.#target, '127.0.0.1'))
    client.on('close', () => broker.destroy())
    broker.on('close', () => client.destroy())
    let unanswered: { readonly correlation: number; readonly plan: Plan } | null = null
    eachFrame(client, (frame) => {
      const plan = this.#plan
      if (plan?.request !== frame.readInt16BE(4)) return void broker.write(frame)
      this.#plan = null
      if (plan.lost === 'request') return this.#fail(plan)
      unanswered = { correlation: frame.readInt32BE(8), plan }
      broker.write(frame)
    })
    eachFrame(broker, (frame) => {
      if (unanswered?.correlation === frame.readInt32BE(4)) this.#fail(unanswered.plan)
      else client.write(frame)
    })
  }

  #fail({ happened }: Plan): void {
    this.goDark()
    happened()
  }

  #hold(socket: Socket): Socket {
    this.#sockets.add(socket)
    socket.setNoDelay(true)
    socket.on('error', () => undefined)
    socket.on('close', () => this.#sockets.delete(socket))
    return socket
  }
}

/** Each with its length before it, as Kafka's protocol has it. */
function eachFrame(socket: Socket, take: (frame: Buffer) => void): void {
  let held = Buffer.alloc(0)
  socket.on('data', (data: Buffer) => {
    held = Buffer.concat([held, data])
    while (held.length >= 4 && held.length >= 4 + held.readInt32BE(0)) {
      const length = 4 + held.readInt32BE(0)
      take(held.subarray(0, length))
      held = held.subarray(length)
    }
  })
}
