import { isDeepStrictEqual } from 'node:util'
import type { ConfigurationRecord } from '../configuration-record.ts'
import { type Change, changesByName } from './change.ts'
import { changedSettings } from './changed-settings.ts'

export function changedMappings(before: ConfigurationRecord, after: ConfigurationRecord): readonly Change[] {
  return changesByName('mappings', before.mappings, after.mappings, {
    added: ({ from, to }) => [`Makes ${to.type} of ${from}.`],
    removed: ({ from, to }) => [`Made ${to.type} of ${from}.`],
    changed: ({ script: was, ...rest }, { script: is, ...now }) => [
      ...changedSettings(rest, now),
      ...(isDeepStrictEqual(was, is) ? [] : ['Its script is another one.']),
    ],
  })
}

export function changedProcesses(before: ConfigurationRecord, after: ConfigurationRecord): readonly Change[] {
  return changesByName('processes', before.processes, after.processes, {
    added: ({ startsWith, systems }) => [`Begins with ${startsWith} and tells ${labelsOf(systems)}.`],
    removed: ({ startsWith, systems }) => [`Began with ${startsWith} and told ${labelsOf(systems)}.`],
    changed: (was, is) => changedSettings(was, is),
  })
}

export function changedQuality(before: ConfigurationRecord, after: ConfigurationRecord): readonly Change[] {
  return changesByName('quality', before.quality, after.quality, {
    added: ({ rules }) => [`Rules: ${rules.map(({ name }) => name).join(', ')}.`],
    removed: ({ rules }) => [`Its rules were: ${rules.map(({ name }) => name).join(', ')}.`],
    changed: ({ rules: was, ...rest }, { rules: is, ...now }) => [
      ...changedSettings(rest, now),
      ...changesByName('quality', ruleByName(was), ruleByName(is), {
        added: () => ['is new'],
        removed: () => ['is gone'],
        changed: ({ when }, { when: now, hold }) => {
          return [isDeepStrictEqual(when, now) ? `tells something else: ${hold}` : 'holds other transactions']
        },
      }).map(({ name, sentences }) => `The rule ${name} ${sentences.join(' ')}.`),
    ],
  })
}

/** Templates, layouts and code lists: that they are other is all that can be said. */
export function changedFiles(before: ConfigurationRecord, after: ConfigurationRecord): readonly Change[] {
  return changesByName('files', before.files, after.files, {
    added: () => ['New.'],
    removed: () => ['Gone.'],
    changed: () => ['Another text.'],
  })
}

function ruleByName<Value extends { readonly name: string }>(rules: readonly Value[]): Readonly<Record<string, Value>> {
  return Object.fromEntries(rules.map((rule) => [rule.name, rule]))
}

function labelsOf(systems: readonly { readonly label: string }[]): string {
  return systems.map(({ label }) => label).join(', ')
}
