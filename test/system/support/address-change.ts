/** A change of address as a web form sends it. */
export const addressChange = {
  person: {
    personGivenName: 'Wilhelmina Ada',
    personFamilyName: "O'Synthetic",
    personBirthDate: '1984-02-29',
    emailAddress: 'w.osynthetic@example.org',
  },
  oldAddress: {
    paon: { startRange: { number: '14' } },
    streetDescription: 'Tannery Row',
    town: 'Sallowmere',
    postcode: 'ZZ99 3WZ',
    uprn: '990000000014',
  },
  newAddress: {
    paon: { description: 'MILL HOUSE' },
    streetDescription: 'Mill Lane',
    town: 'Sallowmere',
    postcode: 'ZZ99 4WZ',
    uprn: '990000000203',
  },
  movedOn: '2026-11-01',
}
