import type { YamlPath } from './yaml-source.ts'

/** One test of a field, and where it stands. */
export interface FoundField {
  readonly field: string
  /** Of the name of the field. */
  readonly path: YamlPath
}

/** Every field that a condition asks for, however deep. */
export function fieldsIn(condition: unknown, path: YamlPath = []): readonly FoundField[] {
  if (typeof condition !== 'object' || condition === null) return []
  return Object.entries(condition).flatMap(([key, value]) =>
    key === 'field' && typeof value === 'string'
      ? [{ field: value, path: [...path, key] }]
      : fieldsIn(value, [...path, Array.isArray(condition) ? Number(key) : key]),
  )
}
