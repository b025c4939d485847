import { isPortreeveError } from '@portreeve/errors'
import { walkBodies } from './body-files.ts'
import type { ClaimProblem } from './claim.ts'
import { verifiedRead } from './verified-read.ts'

export async function checkBodies(folder: string): Promise<ClaimProblem[]> {
  const problems: ClaimProblem[] = []
  for await (const { file, claim } of walkBodies(folder)) {
    const sentence =
      claim === null
        ? `The file ${file} is no staged body: its name is no digest.`
        : await faultOf(claim.digest, folder)
    if (sentence !== null) problems.push({ file, sentence })
  }
  return problems
}

async function faultOf(digest: string, folder: string): Promise<string | null> {
  try {
    for await (const _chunk of verifiedRead(digest, folder));
    return null
  } catch (error) {
    if (isPortreeveError(error, 'PRV_CLAIM_CHECK_DAMAGED')) return error.message
    // Removed since it was listed.
    if (isPortreeveError(error, 'PRV_CLAIM_CHECK_UNKNOWN')) return null
    throw error
  }
}
