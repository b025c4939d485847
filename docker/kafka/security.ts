/** How clients reach the brokers. Brokers among themselves, and those who administer a test, speak plain text on another listener. */
export type Security =
  | { readonly protocol: 'PLAINTEXT' }
  | { readonly protocol: 'SASL_PLAINTEXT'; readonly users: Users }
  | ({ readonly protocol: 'SSL' /** Default: false. */; readonly clientCertificate?: boolean } & ServerCertificate)
  | ({ readonly protocol: 'SASL_SSL'; readonly users: Users } & ServerCertificate)

/** Passwords by name, for SCRAM-SHA-256. */
export type Users = Readonly<Record<string, string>>

export interface ServerCertificate {
  /** What the brokers show: one of the cluster's own authority (default), one of it that has expired, one of nobody's. */
  readonly certificate?: 'trusted' | 'expired' | 'untrusted'
}

export function usersOf(security: Security): Users {
  return 'users' in security ? security.users : {}
}

export function hasTls(security: Security): security is Extract<Security, ServerCertificate> {
  return security.protocol === 'SSL' || security.protocol === 'SASL_SSL'
}
