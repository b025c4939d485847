/** What the shared memory of a `freeze` says: nothing yet, done, or failed. */
const open = 0
const done = 1
const failed = 2

/** In the worker: does the work and says so in the shared memory, for a thread that waits there. */
export function frozenInto(memory: SharedArrayBuffer, work: () => void): undefined {
  const answer = new Int32Array(memory)
  let told = failed
  try {
    work()
    told = done
  } finally {
    Atomics.store(answer, 0, told)
    Atomics.notify(answer, 0)
  }
}

/** In the asking thread, which stands still meanwhile: true when it was done. */
export function waitForAnswer(memory: SharedArrayBuffer, timeoutMs: number): boolean {
  const answer = new Int32Array(memory)
  Atomics.wait(answer, 0, open, timeoutMs)
  return Atomics.load(answer, 0) === done
}

export function newAnswer(): SharedArrayBuffer {
  return new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)
}
