/**
 * Does all of them, a few at a time; results in the order of the tasks. After the first that fails, none is begun; it rejects
 * with that fault once those under way have ended.
 */
export async function severalAtOnce<Task, Result>(
  tasks: readonly Task[],
  atOnce: number,
  work: (task: Task) => Promise<Result>,
): Promise<readonly Result[]> {
  const results = new Map<number, Result>()
  const faults: unknown[] = []
  let next = 0
  const worker = async () => {
    while (faults.length === 0) {
      const index = next++
      const task = tasks[index]
      if (task === undefined) return
      try {
        results.set(index, await work(task))
      } catch (fault) {
        faults.push(fault)
      }
    }
  }
  await Promise.all(Array.from({ length: Math.min(atOnce, tasks.length) }, worker))
  if (faults.length > 0) throw faults[0]
  return tasks.flatMap((_, index) => results.get(index) ?? [])
}
