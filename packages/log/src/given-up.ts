/**
 * What `work` resolves with, or `undefined` when it gave up because it was told to: it rejected, once the signal was aborted, with the
 * signal's reason or an `AbortError`. Rejects as `work` does otherwise.
 */
export async function unlessGivenUp<Result>(
  work: () => Promise<Result>,
  signal: AbortSignal,
): Promise<Result | undefined> {
  try {
    return await work()
  } catch (error) {
    const gaveUp =
      signal.aborted && (error === signal.reason || (error instanceof Error && error.name === 'AbortError'))
    if (gaveUp) return undefined
    throw error
  }
}
