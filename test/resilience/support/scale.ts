/** `npm test` runs a reduced number of everything; `npm run resilience` all. */
export const isFull = process.env.PORTREEVE_RESILIENCE === 'full'

export function scale(reduced: number, full: number): number {
  return isFull ? full : reduced
}

/** Shown while a long run is at work, and never in the way of a short one. */
export function progress(text: string): void {
  if (isFull) console.log(text)
}
