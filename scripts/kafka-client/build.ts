import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { compile } from './compile.ts'
import { copy, examine, keep, load } from './entry.ts'
import { whyNotHere } from './needs.ts'
import type { Places } from './places.ts'

export interface BuildOptions {
  readonly say: (line: string) => void
  /** `false`: takes what was built before, or nothing. Default `true`. */
  readonly mayCompile?: boolean
  /** Compiles although it was built before. */
  readonly again?: boolean
}

export interface Built {
  readonly from: 'its place' | 'cache' | 'shared cache' | 'compiler'
  /** librdkafka's own words for them. */
  readonly features: readonly string[]
}

/** A minute and a half is usual; whoever has not built it by then never will. */
const waitAtMostMs = 600_000
const buildingPrefix = 'building-'

/**
 * Puts the native part of the Kafka client where `require('node-rdkafka')` looks: from a cache, or compiled. `null` when it is
 * in no cache and may not be compiled. Throws, with all that a reader needs, when it cannot be built.
 */
export async function buildKafkaClient(at: Places, options: BuildOptions): Promise<Built | null> {
  if (options.again !== true) {
    const found = foundBuilt(at, options.say)
    if (found !== null) return found
  }
  if (options.mayCompile === false) return null
  const fault = whyNotHere()
  if (fault !== null) throw new Error(fault)
  mkdirSync(at.cache, { recursive: true })
  if (await othersAreDone(at.cache, options.say)) {
    const theirs = foundBuilt(at, options.say)
    if (theirs !== null) return theirs
  }
  return compiled(at, options.say)
}

function foundBuilt(at: Places, say: BuildOptions['say']): Built | null {
  const place = placeOf(at)
  const there = usable(place, say)
  if (there !== null) return { from: 'its place', features: there }
  const caches = [['cache', at.cache] as const, ...(at.shared === null ? [] : [['shared cache', at.shared] as const])]
  for (const [from, folder] of caches) {
    const entry = join(folder, at.key)
    const features = usable(entry, say)
    if (features === null) continue
    copy(entry, place)
    return { from, features }
  }
  return null
}

/** A copy lies there, no link: it stays good when a cache is emptied or the checkout is moved. */
function placeOf({ packageFolder }: Places): string {
  return join(packageFolder, 'build')
}

/** The features of what was built before, when it can be used. */
function usable(entry: string, say: BuildOptions['say']): readonly string[] | null {
  const verdict = examine(entry)
  if (verdict?.usable) return verdict.features
  if (verdict !== null) say(`What was built before cannot be used: ${verdict.fault} (${entry}).`)
  return null
}

async function compiled(at: Places, say: BuildOptions['say']): Promise<Built> {
  say('Building the Kafka client (a minute or two, once) …')
  const work = workFolder(at.cache)
  try {
    const logFile = join(at.cache, 'build.log')
    const build = await compile({ packageFolder: at.packageFolder, work, logFile, say })
    const verdict = load(build)
    if (!verdict.usable)
      throw new Error(`The Kafka client was built, but cannot be used: ${verdict.fault}. See ${logFile}`)
    const entry = join(at.cache, at.key)
    keep(build, entry)
    copy(entry, placeOf(at))
    share(at, entry, say)
    return { from: 'compiler', features: verdict.features }
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

function workFolder(cache: string): string {
  const name = `${buildingPrefix}${process.pid}`
  if (/\s/.test(cache)) return mkdtempSync(join(tmpdir(), name))
  const folder = join(cache, name)
  mkdirSync(folder)
  return folder
}

/** Other checkouts do well without: a full disk of theirs is no fault of this one. */
function share(at: Places, entry: string, say: BuildOptions['say']): void {
  if (at.shared === null) return
  try {
    copy(entry, join(at.shared, at.key))
  } catch (error) {
    say(`It could not be kept for other checkouts: ${error instanceof Error ? error.message : String(error)}`)
  }
}

/** Waits while another process compiles the same; true when there was one. What dead ones have left is cleared away. */
async function othersAreDone(cache: string, say: BuildOptions['say']): Promise<boolean> {
  const began = Date.now()
  for (let waited = false; ; waited = true) {
    const other = readdirSync(cache).find((name) => name.startsWith(buildingPrefix))
    if (other === undefined) return waited
    const pid = Number(other.slice(buildingPrefix.length))
    if (!isAlive(pid)) rmSync(join(cache, other), { recursive: true, force: true })
    else if (Date.now() - began > waitAtMostMs)
      throw new Error(`Process ${pid} does not come to an end with building it.`)
    else {
      if (!waited) say(`Process ${pid} is building it already; waiting for it …`)
      await sleep(500)
    }
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
