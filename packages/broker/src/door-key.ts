import { createHmac, createSecretKey, type KeyObject, randomBytes, randomUUID, timingSafeEqual } from 'node:crypto'
import { readFile, rm } from 'node:fs/promises'
import { parseReference } from '@portreeve/envelope'
import { PortreeveError } from '@portreeve/errors'
import { linkDurably, writeDurably } from './durable-file.ts'

const keyBytes = 32

/** Makes status addresses that nobody can guess, and digests that nobody can turn back. */
export class DoorKey {
  readonly #key: KeyObject

  constructor(key: Uint8Array) {
    this.#key = createSecretKey(key)
  }

  /** The reference, which alone opens nothing, and a seal. */
  tokenOf(reference: string): string {
    return `${reference}.${this.digest('status', reference)}`
  }

  /** The reference of a token that was made with this key; `null` for anything else. */
  referenceOf(token: string): string | null {
    const [reference = '', seal = '', ...more] = token.split('.')
    const wanted = Buffer.from(this.digest('status', reference))
    const given = Buffer.from(seal)
    const isOurs = given.length === wanted.length && timingSafeEqual(given, wanted) && more.length === 0
    return isOurs ? parseReference(reference) : null
  }

  /** HMAC-SHA-256 in base64url. What is digested for one purpose is never the same as for another. */
  digest(purpose: string, text: string): string {
    return createHmac('sha256', this.#key).update(`${purpose}\n${text}`).digest('base64url')
  }
}

/** Reads the key, or makes one, for its owner alone and on disk. Rejects with `PRV_BROKER_DOOR_KEY`. */
export async function openDoorKey(file: string): Promise<DoorKey> {
  try {
    return new DoorKey(checked(await readFile(file, 'utf8'), file))
  } catch (cause) {
    if (!isAbsent(cause)) throw cause instanceof PortreeveError ? cause : unusable(file, cause)
  }
  try {
    return new DoorKey(checked(await makeKey(file), file))
  } catch (cause) {
    throw unusable(file, cause)
  }
}

/** The first to make it decides: another broker may be at it, too. */
async function makeKey(file: string): Promise<string> {
  const own = `${file}.${randomUUID()}`
  try {
    await writeDurably(own, `${randomBytes(keyBytes).toString('hex')}\n`)
    await linkDurably(own, file)
  } finally {
    await rm(own, { force: true })
  }
  return await readFile(file, 'utf8')
}

function checked(text: string, file: string): Uint8Array {
  const key = Buffer.from(text.trim(), 'hex')
  if (key.length === keyBytes) return key
  throw new PortreeveError('PRV_BROKER_DOOR_KEY', { file, fault: `it does not hold ${keyBytes} bytes in hexadecimal` })
}

function unusable(file: string, cause: unknown): PortreeveError {
  const fault = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown'
  return new PortreeveError('PRV_BROKER_DOOR_KEY', { file, fault }, { cause })
}

function isAbsent(cause: unknown): boolean {
  return cause instanceof Error && 'code' in cause && cause.code === 'ENOENT'
}
