const maxima = [1, 2, 3, 4, 5, 6, 12, 20, 25, 30, 35, 60, 70, 90, 100, 127, 240, 255]

/** Values at and over the edges of every facet in the schema, and the ways in which people get them wrong; by name. */
export const edgeValues: ReadonlyMap<string, string> = new Map([
  ...lengths('letters', 'A', maxima),
  ...lengths('digits', '1', [1, 2, 3, 4, 5, 6, 12, 20]),
  ...lengths('spaces', ' ', [1, 35]),
  ...lengths('accents', 'é', [1, 25, 60, 240]),
  ...[...'~!"@#$%&\'()*+,-./:;<=>?[\\]_{}^£€|`¬¦é–’\u00a0\u2028\u0085\t\n\r\ud7ff\ue000\ufffd'].map(
    named('character', (text) => text),
  ),
  ...[...'|`¬é–’\u00a0/"\n'].map(named('amid letters', (character) => `AB${character}CD`)),
  ...numbers().map(named('number', (text) => text)),
  ...dates().map(named('date', (text) => text)),
  ...dateTimes().map(named('time', (text) => text)),
  ...postcodes().map(named('postcode', (text) => text)),
  ...codes().map(named('code', (text) => text)),
  ...emails().map(named('e-mail', (text) => text)),
])

/** Characters beyond U+FFFF at the limits: one character, two UTF-16 units. */
export const wideValues: ReadonlyMap<string, string> = new Map(
  maxima.flatMap((count): [string, string][] => [[`${count} wide`, '😀'.repeat(count)]]),
)

function lengths(name: string, character: string, limits: readonly number[]): [string, string][] {
  const counts = new Set(limits.flatMap((count) => [count - 1, count, count + 1]))
  return [...counts].map((count) => [`${count} ${name}`, character.repeat(count)])
}

function named(kind: string, make: (text: string) => string): (text: string) => [string, string] {
  return (text) => [`${kind} ${JSON.stringify(text)}`, make(text)]
}

function numbers(): string[] {
  return [
    ...[
      '0',
      '-0',
      '00',
      '1',
      '01',
      '+1',
      ' 1 ',
      '-1',
      '1.',
      '1.0',
      '.5',
      '1.5',
      '1.005',
      '1.000',
      '1,000',
      '£1',
      '1e3',
    ],
    ...['0.99', '0.999', '1.00', '1.01', '1.10', '1.001', '+1.00', '-1.00', 'INF', 'NaN', '٣', '１'],
    ...[
      '0000',
      '0835',
      '9999',
      '09999',
      '10000',
      '00000000000000000000000001',
      '9999999',
      '10000000',
      '99999999',
      '100000000',
    ],
    ...['999999999999', '1000000000000', '999999999999.99', '999999999999.999', '18446744073709551616'],
    ...['999999999999999999999999', '9999999999999999999999999999999'],
  ]
}

function dates(): string[] {
  return [
    ...['2026-02-28', '2026-02-29', '2024-02-29', '2100-02-29', '2026-13-01', '2026-00-10', '2026-01-32', '2026-04-31'],
    ...['2026-1-1', '26-01-01', '01/02/2026', '20260101', '2026-01-01Z', '2026-01-01+01:00', '2026-01-01+14:00'],
    ...['2026-01-01+14:01', '2026-01-01+24:00', '2026-01-01+0100', ' 2026-01-01 ', '2026-01-01T00:00:00', '2026-01'],
    ...[
      '-0001-01-01',
      '0000-01-01',
      '-0044-03-15',
      '12026-01-01',
      '012026-01-01',
      '+2026-01-01',
      '9999999999-01-01',
      '',
    ],
  ]
}

function dateTimes(): string[] {
  return [
    ...['2026-03-29T01:30:00', '2026-03-29T01:30', '2026-03-29 01:30:00', '2026-03-29T24:00:00', '2026-03-29T24:00:01'],
    ...[
      '2026-03-29T23:59:60',
      '2026-03-29T23:60:00',
      '2026-03-29T25:00:00',
      '2026-03-29T01:30:00Z',
      '2026-03-29T01:30:00z',
    ],
    ...[
      '2026-03-29T01:30:00+01:00',
      '2026-03-29T01:30:00.',
      '2026-03-29T01:30:00.1',
      '2026-03-29T01:30:00.1234567890123',
    ],
    ...[
      '2026-03-29t01:30:00',
      '2026-03-29T1:30:00',
      '2026-02-30T00:00:00',
      '2026-03-29T24:00:00.0',
      ' 2026-03-29T01:30:00\n',
    ],
  ]
}

function postcodes(): string[] {
  const inward = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'].flatMap((letter) => [`AA1 1${letter}A`, `AA1 1A${letter}`])
  return [
    ...inward,
    ...['A1 1AA', 'A11 1AA', 'A1A 1AA', 'AA11 1AA', 'AA1A 1AA', 'AR 1AA', 'AAR 1AA', 'GIR 0AA', 'AAA1 1AA', '1A 1AA'],
    ...['AA11AA', 'AA1  1AA', 'AA1\t1AA', 'AA1\u00a01AA', ' AA1 1AA', 'AA1 1AA ', 'aa1 1aa', 'AA1 1aa', 'AA111 1AA'],
    ...[
      'AA1 AAA',
      'AA1 11A',
      'AA1 1A',
      'AA1 1AAA',
      'AB1 2--',
      'AB1 2A-',
      'AB1 2[]',
      'SAN TA1',
      'ZZ99 9ZZ',
      'A! 1AA',
      'ÀA1 1AA',
    ],
  ]
}

function codes(): string[] {
  return [
    ...['CR00', 'CR01', 'CR08', 'CR11', 'CR16', 'CR17', 'CR1', 'cr01', 'Cr01', ' CR01 ', '\nCR01', 'CR 01', 'CR01CR02'],
    ...[
      '01',
      '1',
      '001',
      '19',
      '20',
      ' 01',
      'A',
      'I',
      'J',
      'a',
      ' A',
      'A ',
      'T',
      'C',
      'O',
      'S',
      'W',
      ' C ',
      'CH1',
      'ch1',
    ],
    ...[
      'CH1 ',
      'CM',
      'CS10',
      'EN',
      'EN1',
      'TX',
      'GBP',
      'EUR',
      'USD',
      'gbp',
      'yes',
      'no',
      'YES',
      'true',
      'work',
      'home',
      'mobile',
    ],
  ]
}

function emails(): string[] {
  return [
    'a@b',
    'a',
    '@',
    'a@@b',
    'a+b@example.org',
    "o'neil@example.org",
    'a b@example.org',
    'é@example.org',
    'a|b@example.org',
  ]
}
