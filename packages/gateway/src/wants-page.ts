import type { Request } from 'express'

/** Whether who asks looks at the answer in a browser. What brings something in is a program. */
export function wantsPage(request: Request): boolean {
  const isLooking = request.method === 'GET' || request.method === 'HEAD'
  return isLooking && request.accepts(['json', 'html']) === 'html'
}
