import { createHash } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Emitted } from '@portreeve/adapter-sdk'
import { type Configuration, type DoorConfiguration, doorTypes } from '@portreeve/configuration'
import { isPortreeveError, PortreeveError } from '@portreeve/errors'
import { hasRecordsFrom } from '@portreeve/log'
import type { Acceptance } from './acceptance.ts'
import { type DoorKey, openDoorKey } from './door-key.ts'
import type { BrokerEvents } from './events.ts'
import type { Stores } from './open-stores.ts'
import { type TransactionStatus, transactionStatus } from './transaction-status.ts'

/** Label under which what comes in at the door is told of. */
const doorLabel = 'door'

/** Most that wait for the log at once; whoever comes then is told to come again. */
const maxWaiting = 2000
const enterWithinMs = 2000
const askAgainMs = 20

/** A transaction that somebody brings, checked. */
export interface BroughtTransaction {
  readonly type: string
  /** Name of the API key; empty where none is asked for. */
  readonly sender: string
  /** Unique for the sender and the type. */
  readonly idempotencyKey: string
  readonly attributes: Omit<NonNullable<Emitted['attributes']>, 'channel'>
  /** Who it is about, where `attributes.customer` is not known: what is about the same keeps its order. Personal data. */
  readonly about: string
  /** JSON, in one spelling: another spelling is another body. */
  readonly body: Uint8Array
  /** W3C `traceparent` of the request that brought it. */
  readonly traceParent?: string
}

export interface TakenTransaction {
  /** `another`: the key was used for another body, which was accepted; this one was not. */
  readonly status: 'accepted' | 'duplicate' | 'another'
  /** Of the one that was accepted first, as the token is. */
  readonly reference: string
  /** Opens the status. */
  readonly token: string
}

/** Where transactions come in from outside, by whichever protocol. */
export interface Door {
  /**
   * Resolves when the transaction is on disk. Rejects with `PRV_BROKER_STOPPING`, with `PRV_BROKER_BUSY`, and as the log's
   * `append` does.
   */
  accept(transaction: BroughtTransaction): Promise<TakenTransaction>
  /** How citizens reach the door: part of the addresses that e-mails tell. */
  announce(publicUrl: string): void
  /** Where the status of the transaction with this reference can be read; empty while nobody has announced an address. */
  statusAddress(reference: string): string
  /** Keys that open it at the moment. */
  readonly apiKeys: DoorConfiguration['apiKeys']
  /** `null` unless the token was given out here. Rejects with `PRV_BROKER_NOT_ENTERED`. */
  status(token: string): Promise<TransactionStatus | null>
  /** Throws `PRV_BROKER_STOPPING`, `PRV_BROKER_STARTING` or `PRV_BROKER_DOOR_DISK_LOW` while nothing should be brought. */
  refuseUnlessReady(): void
}

export interface DoorParts extends Pick<Stores, 'log' | 'ledger' | 'state' | 'folder'> {
  /** What the broker works with at the moment; it has a door. */
  readonly current: () => Pick<Configuration, 'processes' | 'door'>
  readonly acceptance: Acceptance
  readonly events: BrokerEvents
  /** Aborted when nothing more is to be taken in. */
  readonly signal: AbortSignal
}

/** Rejects with `PRV_BROKER_DOOR_KEY`. Until everything that was accepted before is read, it is not ready. */
export async function openDoor(parts: DoorParts): Promise<Door> {
  const door = new BrokerDoor(parts, await openDoorKey(parts.folder.doorKey))
  const { publicUrl, listen = '', port = 0 } = parts.current().door ?? {}
  if (publicUrl !== undefined || port !== 0) door.announce(publicUrl ?? `http://${listen}:${port}`)
  door.prepare()
  return door
}

class BrokerDoor implements Door {
  readonly #parts: DoorParts
  readonly #key: DoorKey
  #publicUrl = ''
  #waiting = 0
  #isPrepared = false

  constructor(parts: DoorParts, key: DoorKey) {
    this.#parts = parts
    this.#key = key
  }

  /** A fault is no matter here: the first transaction tries again, and tells of it. */
  prepare(): void {
    const { acceptance } = this.#parts
    const isOver = () => {
      this.#isPrepared = true
    }
    void Promise.all(doorTypes.map((type) => acceptance.prepare(type))).then(isOver, isOver)
  }

  async accept(transaction: BroughtTransaction): Promise<TakenTransaction> {
    const { acceptance, events, signal } = this.#parts
    signal.throwIfAborted()
    if (this.#waiting >= maxWaiting) throw new PortreeveError('PRV_BROKER_BUSY', { waiting: this.#waiting })
    this.#waiting += 1
    try {
      const emitted = this.#emitted(transaction)
      const { status, reference, isAnother } = await acceptance.acceptUnlessAnother(
        emitted,
        doorLabel,
        transaction.traceParent,
      )
      events.recovered(doorLabel)
      if (!isAnother) events.accepted({ label: doorLabel, type: transaction.type, status, reference })
      return { status: isAnother ? 'another' : status, reference, token: this.#key.tokenOf(reference) }
    } catch (error) {
      if (!isPortreeveError(error) || error.failureClass !== 'message-bad') events.failed(doorLabel, error)
      throw error
    } finally {
      this.#waiting -= 1
    }
  }

  get apiKeys(): DoorConfiguration['apiKeys'] {
    return this.#parts.current().door?.apiKeys ?? []
  }

  announce(publicUrl: string): void {
    this.#publicUrl = publicUrl
  }

  statusAddress(reference: string): string {
    return this.#publicUrl === '' ? '' : `${this.#publicUrl}/transactions/${this.#key.tokenOf(reference)}`
  }

  async status(token: string): Promise<TransactionStatus | null> {
    const reference = this.#key.referenceOf(token)
    if (reference === null) return null
    const until = performance.now() + enterWithinMs
    for (;;) {
      // Before looking: what is entered meanwhile is found.
      const isBehind = await this.#isLedgerBehind()
      const status = await transactionStatus(reference, { ...this.#parts, processes: this.#parts.current().processes })
      if (status !== null || !isBehind) return status
      if (performance.now() > until) throw new PortreeveError('PRV_BROKER_NOT_ENTERED')
      await sleep(askAgainMs)
    }
  }

  refuseUnlessReady(): void {
    const { events, signal } = this.#parts
    signal.throwIfAborted()
    if (!this.#isPrepared) throw new PortreeveError('PRV_BROKER_STARTING')
    if (events.failing.has('disk')) throw new PortreeveError('PRV_BROKER_DOOR_DISK_LOW')
  }

  #emitted({ type, sender, idempotencyKey, attributes, about, body }: BroughtTransaction): Emitted {
    return {
      type,
      idSeed: createHash('sha256')
        .update(JSON.stringify([type, sender, idempotencyKey]))
        .digest('hex'),
      key: attributes.customer ?? this.#key.digest('about', about),
      attributes: { ...attributes, channel: 'web' },
      contentType: 'application/json',
      body,
    }
  }

  async #isLedgerBehind(): Promise<boolean> {
    const { log, ledger } = this.#parts
    for (const type of doorTypes) {
      for (const range of await log.ranges(type)) {
        if (await hasRecordsFrom(log, type, range, ledger.position(type, range.partition) ?? 0)) return true
      }
    }
    return false
  }
}
