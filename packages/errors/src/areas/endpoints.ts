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
  PRV_ENDPOINTS_DISK_FULL: {
    failureClass: 'operator',
    status: 507,
    text: 'Could not {operation} {path}: the disk is full ({fault}).',
    remedy: 'Free some space; it goes on by itself then. Nothing was lost.',
  },
  PRV_ENDPOINTS_FILE_NOT_WRITABLE: {
    failureClass: 'operator',
    status: 500,
    text: 'Could not {operation} {path}: it lies on a file system that may only be read ({fault}).',
    remedy: 'Mount it for writing, or name another folder in the configuration.',
  },
  PRV_ENDPOINTS_FILE_NOT_ALLOWED: {
    failureClass: 'operator',
    status: 500,
    text: 'Could not {operation} {path}: this user may not ({fault}).',
    remedy: 'Give the user that the broker runs as the right to read and write there.',
  },
  PRV_ENDPOINTS_FILE_FAILED: {
    failureClass: 'operator',
    status: 500,
    text: 'Could not {operation} {path} ({fault}).',
    remedy: 'Look at the disk or the network drive; it is tried again.',
  },
  PRV_ENDPOINTS_FILE_STRANGE: {
    failureClass: 'operator',
    status: 500,
    text: 'The folder {folder} holds {count} things that are never taken, among them {name}.',
    remedy: 'Take away links, devices and files whose names no system can spell; drop plain files instead.',
  },
  PRV_ENDPOINTS_FILE_CHANGED: {
    failureClass: 'target-down',
    status: 409,
    text: 'The file {file} changed while it was read, so it was left where it is.',
    remedy: 'Write it under another name, such as one ending in .part, and rename it when it is whole.',
  },
} as const satisfies Record<string, CatalogueEntry>
