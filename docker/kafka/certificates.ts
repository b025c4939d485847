import { execFile } from 'node:child_process'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'

/** Paths of PEM files. */
export interface Certificates {
  /** Whom a client has to trust. */
  readonly ca: string
  /** Of a client, of this authority: the subject is `CN=client`. */
  readonly clientCertificate: string
  readonly clientKey: string
  /** Of a client, which no broker trusts. */
  readonly strangerCertificate: string
  readonly strangerKey: string
  /** Key and certificate in one file, for a broker at 127.0.0.1 and localhost. */
  readonly trusted: string
  readonly expired: string
  readonly untrusted: string
}

/** A certificate authority of its own, made now, and what it signs; a second one that nobody trusts. Needs `openssl`. */
export async function makeCertificates(folder: string): Promise<Certificates> {
  await mkdir(folder, { recursive: true })
  const [ours, other] = await Promise.all([makeAuthority(folder, 'ca'), makeAuthority(folder, 'other-ca')])
  const broker = { subject: '/CN=127.0.0.1', names: 'IP:127.0.0.1,DNS:localhost' }
  const client = { subject: '/CN=client', names: 'DNS:client.example.org' }
  const past = { from: '20200101000000Z', until: '20200201000000Z' }
  // One after the other: an authority numbers what it signs.
  const trusted = await sign(ours, 'broker', broker)
  const expired = await sign(ours, 'broker-expired', { ...broker, ...past })
  const signed = await sign(ours, 'client', client)
  const untrusted = await sign(other, 'broker-untrusted', broker)
  const stranger = await sign(other, 'stranger', client)
  return {
    ca: ours.certificate,
    clientCertificate: signed.certificate,
    clientKey: signed.key,
    strangerCertificate: stranger.certificate,
    strangerKey: stranger.key,
    trusted: trusted.both,
    expired: expired.both,
    untrusted: untrusted.both,
  }
}

interface Authority {
  readonly folder: string
  readonly configuration: string
  readonly certificate: string
}

interface Subject {
  readonly subject: string
  /** Alternative names, as openssl writes them. */
  readonly names: string
  readonly from?: string
  readonly until?: string
}

const keyOptions = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']

async function makeAuthority(parent: string, name: string): Promise<Authority> {
  const folder = join(parent, name)
  await mkdir(folder)
  const [key, certificate, configuration] = ['key.pem', 'certificate.pem', 'ca.cnf'].map((file) => join(folder, file))
  if (!key || !certificate || !configuration) throw new TypeError('no path')
  await openssl(
    'req',
    '-x509',
    ...keyOptions,
    '-keyout',
    key,
    '-out',
    certificate,
    '-subj',
    `/CN=${name}`,
    '-days',
    '2',
  )
  await writeFile(join(folder, 'index.txt'), '')
  const settings = { database: join(folder, 'index.txt'), new_certs_dir: folder, certificate, private_key: key }
  const lines = Object.entries({
    ...settings,
    default_md: 'sha256',
    policy: 'any',
    unique_subject: 'no',
    rand_serial: 'yes',
  })
  const text = [
    '[ca]',
    'default_ca=own',
    '[own]',
    ...lines.map((line) => line.join('=')),
    '[any]',
    'commonName=supplied',
  ]
  await writeFile(configuration, text.join('\n'))
  return { folder, configuration, certificate }
}

async function sign(authority: Authority, name: string, { subject, names, from, until }: Subject) {
  const path = (extension: string) => join(authority.folder, `${name}.${extension}`)
  const [key, request, certificate, both] = [path('key'), path('csr'), path('crt'), path('pem')]
  await openssl('req', ...keyOptions, '-keyout', key, '-out', request, '-subj', subject)
  await writeFile(path('ext'), `subjectAltName=${names}\n`)
  await openssl(
    ...['ca', '-batch', '-notext', '-config', authority.configuration, '-extfile', path('ext')],
    ...(from && until ? ['-startdate', from, '-enddate', until] : ['-days', '2']),
    ...['-in', request, '-out', certificate],
  )
  await writeFile(both, `${await readFile(key, 'utf8')}${await readFile(certificate, 'utf8')}`)
  return { key, certificate, both }
}

async function openssl(...words: readonly string[]): Promise<void> {
  try {
    await promisify(execFile)('openssl', [...words])
  } catch (error) {
    throw new Error('Certificates could not be made with openssl', { cause: error })
  }
}
