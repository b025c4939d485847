import type { Migration } from '@portreeve/database'

/** `PRAGMA application_id` of a log: "PrvL". */
export const APPLICATION_ID = 0x5072764c

/** Every format that a folder has had. A folder of each is kept under `golden/` and opened in the tests. */
export const migrations: readonly Migration[] = [
  {
    name: 'topics, partitions, positions, records',
    // `sum` is a checksum over the rest of the row: SQLite has none of its own.
    sql: `
      CREATE TABLE topic (
        name TEXT PRIMARY KEY, first_slot INTEGER NOT NULL, partitions INTEGER NOT NULL,
        retention_ms INTEGER, retention_bytes INTEGER, sum INTEGER NOT NULL
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE partition (
        slot INTEGER PRIMARY KEY, start_offset INTEGER NOT NULL, end_offset INTEGER NOT NULL,
        bytes INTEGER NOT NULL, last_timestamp INTEGER NOT NULL, sum INTEGER NOT NULL
      ) STRICT;
      CREATE TABLE position (
        group_name TEXT NOT NULL, slot INTEGER NOT NULL, next_offset INTEGER NOT NULL, metadata TEXT,
        sum INTEGER NOT NULL, PRIMARY KEY (group_name, slot)
      ) STRICT, WITHOUT ROWID;
      -- How many positions there must be: a group that vanished would otherwise begin again without a word.
      CREATE TABLE total (positions INTEGER NOT NULL) STRICT;
      INSERT INTO total VALUES (0);
      CREATE TRIGGER position_added AFTER INSERT ON position BEGIN
        UPDATE total SET positions = positions + 1;
      END;
      CREATE TABLE record (
        place INTEGER PRIMARY KEY, sum INTEGER NOT NULL, frame BLOB NOT NULL
      ) STRICT;`,
  },
]
