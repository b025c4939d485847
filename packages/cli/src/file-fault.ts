const told: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a folder',
  EACCES: 'this user may not do that',
  EPERM: 'this user may not do that',
  ENOSPC: 'the disk is full',
  EROFS: 'the disk may only be read',
}

/** Why a file could not be read or written, in words where there are some, else the system's code. */
export function fileFault(cause: unknown): string {
  if (!(cause instanceof Error && 'code' in cause)) return 'unknown reason'
  const code = String(cause.code)
  return told[code] ?? code
}
