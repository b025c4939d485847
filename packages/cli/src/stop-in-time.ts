/** The door has ten seconds to finish what it has in hand, and whatever the broker does lets go within one. */
export const stopWithinSeconds = 30

/** Resolves when the stop is over; calls `onLate` when it is not over in time. */
export async function stopInTime(
  stop: () => Promise<void>,
  onLate: () => void,
  withinMs: number = stopWithinSeconds * 1000,
): Promise<void> {
  const late = setTimeout(onLate, withinMs)
  try {
    await stop()
  } finally {
    clearTimeout(late)
  }
}
