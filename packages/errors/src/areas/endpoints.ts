import type { CatalogueEntry } from '../entry.ts'

/** Transports: HTTP requests, folders that files come from and go to. */
export const endpointsErrors = {
  PRV_ENDPOINTS_HTTP_URL: {
    failureClass: 'operator',
    status: 500,
    text: 'The address {url} is not one that HTTP can reach.',
    remedy: 'Write a whole address that begins with http:// or https:// into the configuration.',
  },
  PRV_ENDPOINTS_HTTP_UNREACHABLE: {
    failureClass: 'target-down',
    status: 503,
    text: '{method} {url} was not sent, because no connection could be made ({fault}).',
    remedy:
      'Check the address, the network, the certificate and whether the service is up; it is tried again by itself.',
  },
  PRV_ENDPOINTS_HTTP_NO_ANSWER: {
    failureClass: 'unknown-outcome',
    status: 504,
    text: '{method} {url} was sent, but no whole answer came back ({fault}).',
    remedy: 'The service is asked what became of it before anything is sent again; if it goes on, call its operator.',
  },
  PRV_ENDPOINTS_HTTP_BODY_TOO_LARGE: {
    failureClass: 'unknown-outcome',
    status: 502,
    text: 'The answer to {method} {url} is larger than {maxBodyBytes} bytes, so it was not read.',
    remedy: 'Raise maxBodyBytes if the service really answers at such length; else check what stands at that address.',
  },
  PRV_ENDPOINTS_STOPPED: {
    failureClass: 'target-down',
    status: 503,
    text: '{operation} was not begun, because the broker is stopping.',
    remedy: 'Nothing is to be done: it is done after the next start.',
  },
} as const satisfies Record<string, CatalogueEntry>
