const SEED = 0x9747b28c
const MIX = 0x5bd1e995

/**
 * MurmurHash2 of the key as a signed 32-bit number, bit for bit as Kafka's Java client computes it.
 *
 * Source: Apache Kafka, `org.apache.kafka.common.utils.Utils.murmur2`; checked against `contract/murmur2-golden.json`.
 */
export function murmur2(key: Uint8Array): number {
  const length = key.length
  let hash = SEED ^ length
  let at = 0
  for (; at + 4 <= length; at += 4) {
    let word = byte(key, at) | (byte(key, at + 1) << 8) | (byte(key, at + 2) << 16) | (byte(key, at + 3) << 24)
    word = Math.imul(word, MIX)
    word ^= word >>> 24
    hash = Math.imul(hash, MIX) ^ Math.imul(word, MIX)
  }
  const rest = length - at
  if (rest > 2) hash ^= byte(key, at + 2) << 16
  if (rest > 1) hash ^= byte(key, at + 1) << 8
  if (rest > 0) hash = Math.imul(hash ^ byte(key, at), MIX)
  hash ^= hash >>> 13
  hash = Math.imul(hash, MIX)
  return hash ^ (hash >>> 15)
}

/** The partition, from 0, that Kafka's default partitioner gives a key: `toPositive(murmur2(key)) % partitions`. */
export function partitionForKey(key: Uint8Array, partitions: number): number {
  return (murmur2(key) & 0x7fffffff) % partitions
}

function byte(key: Uint8Array, at: number): number {
  return key[at] ?? 0
}
