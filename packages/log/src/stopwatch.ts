/**
 * Starts to measure; the answer tells the milliseconds since. The larger one of two clocks counts: one stands still while the machine
 * is suspended, the other one may be set back.
 */
export function stopwatch(): () => number {
  const [ticks, date] = [performance.now(), Date.now()]
  return () => Math.max(performance.now() - ticks, Date.now() - date)
}
