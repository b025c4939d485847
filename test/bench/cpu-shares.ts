import { Session } from 'node:inspector/promises'

interface ProfileNode {
  readonly id: number
  readonly callFrame: { readonly functionName: string; readonly url: string }
}

/** Where this thread's time goes while `work` runs: shares of the time that is not idle, by package, the largest first. */
export async function cpuShares(work: () => Promise<void>): Promise<readonly { where: string; share: number }[]> {
  const session = new Session()
  session.connect()
  try {
    await session.post('Profiler.enable')
    await session.post('Profiler.start')
    await work()
    const { profile } = await session.post('Profiler.stop')
    const nodes = new Map<number, ProfileNode>(profile.nodes.map((node) => [node.id, node]))
    const times = new Map<string, number>()
    for (const [position, id] of (profile.samples ?? []).entries()) {
      const node = nodes.get(id)
      if (!node || node.callFrame.functionName === '(idle)') continue
      const where = placeOf(node)
      times.set(where, (times.get(where) ?? 0) + (profile.timeDeltas?.[position] ?? 0))
    }
    const total = [...times.values()].reduce((sum, time) => sum + time, 0)
    return [...times].map(([where, time]) => ({ where, share: time / total })).sort((a, b) => b.share - a.share)
  } finally {
    session.disconnect()
  }
}

function placeOf({ callFrame: { functionName, url } }: ProfileNode): string {
  const room = /\/(packages|adapters)\/([^/]+)\//.exec(url)?.[2]
  if (room !== undefined && !url.includes('node_modules')) return room
  const library = /node_modules\/(?!\.pnpm)((?:@[^/]+\/)?[^/]+)\/(?!node_modules)/.exec(
    url.replace(/.*\.pnpm\/[^/]+\//, ''),
  )?.[1]
  if (library !== undefined) return library
  if (url.startsWith('wasm:') || functionName.startsWith('wasm-function')) return 'libxml2-wasm'
  return functionName === '(garbage collector)' ? 'garbage collector' : 'node'
}
