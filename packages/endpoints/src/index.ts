export { type HttpRequest, type HttpResponse, httpRequest } from './http-request.ts'
export { retryAfter } from './retry-after.ts'
