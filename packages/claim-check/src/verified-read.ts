import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { PortreeveError } from '@portreeve/errors'
import { bodyPath } from './body-files.ts'
import { isDigest } from './claim.ts'
import { fromFileSystem, isAbsent } from './faults.ts'

const chunkBytes = 256 * 1024

/**
 * The body's bytes as they are read; throws `PRV_CLAIM_CHECK_DAMAGED` after the last one when their digest is another.
 * So nothing that follows from the body may be kept before the iteration has ended.
 */
export async function* verifiedRead(digest: string, folder: string): AsyncGenerator<Uint8Array> {
  if (!isDigest(digest)) throw new PortreeveError('PRV_CLAIM_CHECK_UNKNOWN', { digest })
  const hash = createHash('sha256')
  const stream = createReadStream(bodyPath(folder, digest), { highWaterMark: chunkBytes })
  try {
    for await (const chunk of stream.iterator({ destroyOnReturn: true })) {
      hash.update(chunk)
      yield chunk
    }
  } catch (error) {
    if (isAbsent(error)) throw new PortreeveError('PRV_CLAIM_CHECK_UNKNOWN', { digest }, { cause: error })
    throw fromFileSystem(error, folder)
  }
  const found = hash.digest('hex')
  if (found !== digest) throw new PortreeveError('PRV_CLAIM_CHECK_DAMAGED', { digest, found })
}
