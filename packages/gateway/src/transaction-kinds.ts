import { addressChange } from './address-change.ts'
import { readableKind } from './readable-kind.ts'
import type { ReadableKind } from './transaction-kind.ts'

/** Every kind of transaction that the door takes. */
export const transactionKinds: readonly ReadableKind[] = [readableKind(addressChange)]
