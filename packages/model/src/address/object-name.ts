import type { Bs7666Address } from './bs7666-address.ts'

type AddressableObjectName = Bs7666Address['paon']

/** As it is written on an envelope: `FLAT 2`, `12A-14`, `ROSE COTTAGE 3`. */
export function objectName(name: AddressableObjectName): string {
  return [name.description, objectNumber(name)].filter((part) => part !== undefined).join(' ')
}

/** The number alone: `4`, `4A` or `4A-6`. */
export function objectNumber({ startRange, endRange }: AddressableObjectName): string | undefined {
  const numbers = [startRange, endRange].flatMap((range) => (range ? [`${range.number}${range.suffix ?? ''}`] : []))
  return numbers.length === 0 ? undefined : numbers.join('-')
}

/** The place that a letter needs: the post town, else the town, else the area. */
export function placeName({ postTown, town, administrativeArea }: Bs7666Address): string | undefined {
  return postTown ?? town ?? administrativeArea
}
