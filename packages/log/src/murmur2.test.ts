import { describe, expect, it } from 'vitest'
import golden from './contract/murmur2-golden.json' with { type: 'json' }
import { murmur2, partitionForKey } from './murmur2.ts'

describe('the partitioner', () => {
  it.each(golden)(
    "gives key $keyHex the hash and partitions of Kafka's Java client",
    ({ keyHex, hash, partitions }) => {
      const key = Buffer.from(keyHex, 'hex')
      expect(murmur2(key)).toBe(hash)
      for (const [count, partition] of Object.entries(partitions)) {
        expect(partitionForKey(key, Number(count))).toBe(partition)
      }
    },
  )

  it('reads a key wherever it lies in a larger buffer', () => {
    const key = Buffer.from('..E09000003..').subarray(2, 11)
    expect(murmur2(key)).toBe(murmur2(Buffer.from('E09000003')))
  })
})
