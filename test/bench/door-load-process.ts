// Those who bring transactions, in a process of their own, so that their work is not counted as the door's.
import { connect, type Socket } from 'node:net'
import { addressChange } from '../system/support/address-change.ts'

/** What the bench asks for. */
export interface DoorLoad {
  readonly baseUrl: string
  readonly key: string
  readonly connections: number
  readonly transactions: number
  /** Makes the idempotency keys of one load other than those of another. */
  readonly series: string
}

export interface DoorLoadResult {
  readonly seconds: number
  /** Of each transaction, sorted. */
  readonly milliseconds: readonly number[]
}

process.on('message', async (load: DoorLoad) => process.send?.(await bring(load)))
process.on('disconnect', () => process.exit())

async function bring(load: DoorLoad): Promise<DoorLoadResult> {
  const milliseconds: number[] = []
  let next = 0
  const began = performance.now()
  const sender = async () => {
    const socket = connect(Number(new URL(load.baseUrl).port), '127.0.0.1').setNoDelay(true)
    while (next < load.transactions) {
      const sent = performance.now()
      await exchange(socket, request(load, next++))
      milliseconds.push(performance.now() - sent)
    }
    socket.destroy()
  }
  await Promise.all(Array.from({ length: load.connections }, sender))
  const seconds = (performance.now() - began) / 1000
  return { seconds, milliseconds: milliseconds.sort((one, other) => one - other) }
}

function request({ key, series }: DoorLoad, number: number): string {
  const person = { ...addressChange.person, personGivenName: `Wilhelmina ${number % 1000}` }
  const body = JSON.stringify({ ...addressChange, person })
  return `POST /transactions/address-change HTTP/1.1\r\nhost: door\r\nauthorization: Bearer ${key}\r\nidempotency-key: ${series}-${number}\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`
}

/** Sends one request and waits for the whole of its answer. */
async function exchange(socket: Socket, text: string): Promise<void> {
  const answered = Promise.withResolvers<void>()
  let answer = ''
  const onData = (data: Buffer) => {
    answer += data.toString('latin1')
    const [head = '', body] = answer.split('\r\n\r\n')
    const length = Number(/\r\ncontent-length: (\d+)/i.exec(head)?.[1])
    if (body === undefined || body.length < length) return
    if (answer.startsWith('HTTP/1.1 202 ')) answered.resolve()
    else answered.reject(new TypeError(`not accepted: ${answer}`))
  }
  socket.on('data', onData).once('error', answered.reject)
  socket.write(text)
  await answered.promise
  socket.off('data', onData).off('error', answered.reject)
}
