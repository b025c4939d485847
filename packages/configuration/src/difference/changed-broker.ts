import type { ConfigurationRecord } from '../configuration-record.ts'
import { type ByName, type Change, changesByName, type Telling } from './change.ts'
import { changedSettings, changedWords } from './changed-settings.ts'

type Plain = Readonly<Record<string, unknown>>
type Adapter = ConfigurationRecord['broker']['adapters'][string]

/** Everything of `broker.yaml` but adapters, topics and the door. */
export function changedBroker({ broker: before }: ConfigurationRecord, { broker: after }: ConfigurationRecord) {
  const rest = ({ adapters: _adapters, topics: _topics, door: _door, retired: _retired, ...other }: Plain) => other
  const sentences = [
    ...changedSettings(rest(before), rest(after)),
    ...changedWords(wordsOf(before.retired), wordsOf(after.retired), 'retired has'),
  ]
  const change: Change = { group: 'broker', name: 'broker.yaml', kind: 'changed', sentences }
  return sentences.length === 0 ? [] : [change]
}

/** Keys are told by name alone. */
export function changedDoor({ broker: before }: ConfigurationRecord, { broker: after }: ConfigurationRecord) {
  return changesByName('door', one('door', before.door), one('door', after.door), {
    added: () => ['A door is opened: transactions come in over HTTP.'],
    removed: () => ['The door is closed: nothing comes in over HTTP any more.'],
    changed({ apiKeys: keysBefore, ...was }, { apiKeys: keysAfter, ...is }) {
      return [...changedSettings(was, is), ...changedKeys(hashesOf(keysBefore), hashesOf(keysAfter))]
    },
  })
}

export function changedAdapters({ broker: before }: ConfigurationRecord, { broker: after }: ConfigurationRecord) {
  return changesByName('adapters', before.adapters, after.adapters, {
    added: ({ adapter }) => [`New, by the adapter ${adapter}.`],
    removed: ({ adapter }) => [`Gone; it was by the adapter ${adapter}.`],
    changed: changedAdapter,
  })
}

export function changedTopics({ broker: before }: ConfigurationRecord, { broker: after }: ConfigurationRecord) {
  const tell: Telling<Plain> = {
    added: (topic) => changedSettings({}, topic),
    removed: (topic) => changedSettings(topic, {}),
    changed: changedSettings,
  }
  return changesByName('topics', plain(before.topics), plain(after.topics), tell)
}

function changedAdapter({ adapter: was, ...before }: Adapter, { adapter: is, ...after }: Adapter): readonly string[] {
  const settings = changedSettings(before, after)
  if (was === is) return settings
  return [`Another supplier: it is by the adapter ${is}, was by ${was}. What is under way goes on with the new one.`]
}

function changedKeys(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): readonly string[] {
  const replaced = [...after].filter(([name, hashes]) => before.has(name) && before.get(name) !== hashes)
  return [
    ...changedWords([...before.keys()], [...after.keys()], 'It knows the key of'),
    ...replaced.map(([name]) => `The key of ${name} is another one.`),
  ]
}

function hashesOf(keys: unknown): ReadonlyMap<string, string> {
  const all = Array.isArray(keys) ? keys.map(plain) : []
  const byName = Map.groupBy(all, ({ name }) => String(name))
  return new Map(
    [...byName].map(([name, of]) => [
      name,
      of
        .map(({ hash }) => String(hash))
        .sort()
        .join(' '),
    ]),
  )
}

function wordsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : []
}

function one(name: string, value: unknown): ByName<Plain> {
  return value === undefined ? {} : { [name]: plain(value) }
}

function plain(value: unknown): Readonly<Record<string, Plain>> {
  return typeof value === 'object' && value !== null ? { ...value } : {}
}
