import { X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { isIP } from 'node:net'
import { createSecureContext, getCACertificates } from 'node:tls'
import type { BaseOptions } from '@platformatic/kafka'
import { PortreeveError } from '@portreeve/errors'
import type { Settings } from './rdkafka.ts'

/** Paths of PEM files, read when the log is opened. The names in the brokers' certificates are always checked. */
export interface KafkaTls {
  /** Authorities that the brokers' certificates may come from. Default: those that this machine trusts. */
  readonly ca?: string
  /** Ours, where the brokers ask for one, with those between it and its authority; not without `key`. */
  readonly certificate?: string
  readonly key?: string
  /** Of the key, where it is encrypted. */
  readonly keyPassword?: string
}

export interface KafkaSasl {
  /** `PLAIN` shows the password to the brokers: it is refused without TLS. */
  readonly mechanism: 'SCRAM-SHA-256' | 'SCRAM-SHA-512' | 'PLAIN'
  readonly username: string
  readonly password: string
}

export interface KafkaSecurity {
  /** Default: plain text. */
  readonly tls?: KafkaTls
  /** Default: nobody logs in. */
  readonly sasl?: KafkaSasl
}

type TlsOptions = NonNullable<BaseOptions['tls']>

/** For librdkafka, by its names. */
export function rdkafkaSecurity({ tls, sasl }: KafkaSecurity): Settings {
  return {
    'security.protocol': `${sasl ? 'sasl_' : ''}${tls ? 'ssl' : 'plaintext'}`,
    ...(tls?.ca !== undefined && { 'ssl.ca.location': tls.ca }),
    ...(tls?.certificate !== undefined && { 'ssl.certificate.location': tls.certificate }),
    ...(tls?.key !== undefined && { 'ssl.key.location': tls.key }),
    ...(tls?.keyPassword !== undefined && { 'ssl.key.password': tls.keyPassword }),
    ...(sasl && {
      'sasl.mechanisms': sasl.mechanism,
      'sasl.username': sasl.username,
      'sasl.password': sasl.password,
    }),
  }
}

/** For `@platformatic/kafka`. Throws `PRV_KAFKA_TLS_FILE`, `PRV_KAFKA_PASSWORD_IN_CLEAR`. */
export function adminSecurity(
  connection: KafkaSecurity & { readonly brokers: string },
): Pick<BaseOptions, 'tls' | 'tlsServerName' | 'sasl'> {
  const { tls, sasl, brokers } = connection
  if (sasl?.mechanism === 'PLAIN' && !tls) throw new PortreeveError('PRV_KAFKA_PASSWORD_IN_CLEAR', { brokers })
  return {
    ...(tls && { tls: tlsOptions(tls), tlsServerName: areNamed(brokers) }),
    ...(sasl && { sasl }),
  }
}

/** A server name is told in the handshake; an address is none. */
function areNamed(brokers: string): boolean {
  return brokers.split(',').every((broker) => isIP(broker.replace(/:\d+$/, '')) === 0)
}

function tlsOptions({ ca, certificate, key, keyPassword }: KafkaTls): TlsOptions {
  const own: TlsOptions = {
    ...(certificate !== undefined && { cert: readPem(certificate) }),
    ...(key !== undefined && { key: readPem(key) }),
    ...(keyPassword !== undefined && { passphrase: keyPassword }),
  }
  try {
    createSecureContext(own)
  } catch (error) {
    throw refused(key ?? certificate ?? '', error)
  }
  return { ...own, ca: ca === undefined ? getCACertificates('system') : authorities(ca) }
}

function authorities(path: string): string {
  const pem = readPem(path)
  try {
    return new X509Certificate(pem) && pem
  } catch (error) {
    throw refused(path, error)
  }
}

function readPem(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    throw refused(path, error)
  }
}

function refused(file: string, cause: unknown): PortreeveError {
  const fault = cause instanceof Error && 'code' in cause ? String(cause.code) : 'not PEM'
  return new PortreeveError('PRV_KAFKA_TLS_FILE', { file, fault }, { cause })
}
