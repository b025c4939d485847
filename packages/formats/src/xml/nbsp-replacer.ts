const entity = '&nbsp;'

/** How many characters shorter each replacement makes the text. */
export const nbspShortens = entity.length - 1

/** A piece of text as it came, the same piece as it is read, and where spaces stand in it for `&nbsp;`. */
export interface Replaced {
  readonly original: string
  readonly text: string
  /** Offsets in `text`, rising. */
  readonly spacesAt: readonly number[]
}

const nowhere: readonly number[] = Object.freeze([])

/**
 * Puts a space for each `&nbsp;`, wherever it stands. XML knows no such entity, but the VOA's service replaces it before
 * it parses, so files with it are in use.
 */
export class NbspReplacer {
  #held = ''

  write(piece: string): Replaced {
    const all = this.#held + piece
    const whole = all.length - begunEntity(all)
    this.#held = all.slice(whole)
    return replaced(all.slice(0, whole))
  }

  end(): Replaced {
    return replaced(this.#held)
  }
}

function replaced(original: string): Replaced {
  let at = original.indexOf(entity)
  if (at === -1) return { original, text: original, spacesAt: nowhere }
  const spacesAt: number[] = []
  for (; at !== -1; at = original.indexOf(entity, at + entity.length)) {
    spacesAt.push(at - spacesAt.length * nbspShortens)
  }
  return { original, text: original.replaceAll(entity, ' '), spacesAt }
}

/** Length of the beginning of an entity with which the text ends. */
function begunEntity(text: string): number {
  const at = text.lastIndexOf('&')
  return at !== -1 && text.length - at < entity.length && entity.startsWith(text.slice(at)) ? text.length - at : 0
}
