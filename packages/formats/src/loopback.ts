/** Whether a host, as it stands in an address or in a URL, is this machine itself: 127.0.0.0/8, `::1`, `[::1]` or `localhost`. */
export function isLoopback(host: string): boolean {
  return /^(localhost|127(\.\d{1,3}){3}|::1|\[::1\])$/.test(host)
}
