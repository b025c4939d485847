import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { nodeFolder } from './cluster.ts'

/** Brokers that `kafka:up` has started, as `cluster.json` in their folder keeps them. */
export interface BackgroundCluster {
  /** For clients: `127.0.0.1:9092`, several joined by commas. */
  readonly brokers: string
  /** Of the first broker. */
  readonly port: number
  /** In the order of the brokers' ids. */
  readonly pids: readonly number[]
}

const stopWithinMs = 20_000
const recordFile = (folder: string) => join(folder, 'cluster.json')

/** What was started last with its data in this folder, whether it runs or not. */
export function recordedCluster(folder: string): BackgroundCluster | undefined {
  if (!existsSync(recordFile(folder))) return undefined
  return JSON.parse(readFileSync(recordFile(folder), 'utf8'))
}

export function recordCluster(folder: string, cluster: BackgroundCluster): void {
  mkdirSync(folder, { recursive: true })
  writeFileSync(recordFile(folder), `${JSON.stringify(cluster, null, 2)}\n`)
}

/** The processes that are still ours: a number may long belong to another program. */
export function runningPids(folder: string, { pids }: BackgroundCluster): readonly number[] {
  return pids.filter((pid, index) => commandOf(pid).includes(join(nodeFolder(folder, index + 1), 'server.properties')))
}

/** Ends them in order, by force when they have not ended within 20 s. How many there were. */
export async function stopCluster(folder: string, cluster: BackgroundCluster): Promise<number> {
  const all = runningPids(folder, cluster)
  for (const pid of all) process.kill(pid, 'SIGTERM')
  for (const began = Date.now(); ; await sleep(100)) {
    const left = runningPids(folder, cluster)
    if (left.length === 0) return all.length
    if (Date.now() - began > stopWithinMs) for (const pid of left) process.kill(pid, 'SIGKILL')
  }
}

export function removeCluster(folder: string): void {
  rmSync(folder, { recursive: true, force: true })
}

/** What a process was started with; nothing when there is none. */
function commandOf(pid: number): string {
  try {
    if (existsSync('/proc/self/cmdline')) return readFileSync(`/proc/${pid}/cmdline`, 'utf8')
    return execFileSync('ps', ['-ww', '-o', 'args=', '-p', String(pid)], { encoding: 'utf8' })
  } catch {
    return ''
  }
}
