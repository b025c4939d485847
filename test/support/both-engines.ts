/** Tests of the journeys, of classes of failure and of kills: they run on the embedded log, and again on Kafka. */
export const onBothEngines = [
  'test/system/dead-letters.test.ts',
  'test/system/door.test.ts',
  'test/system/journey.test.ts',
  'test/system/not-confirmed.test.ts',
  'test/system/order-of-500.test.ts',
  'test/system/replay.test.ts',
  'test/system/same-file.test.ts',
  'test/system/stop-and-go-on.test.ts',
  'test/system/target-down.test.ts',
  'test/system/tell-us-once.test.ts',
  'test/resilience/broker-killed.test.ts',
  'test/resilience/door-killed.test.ts',
  'test/resilience/tell-us-once-killed.test.ts',
]

/** The same, but on Kafka they run with `npm run resilience` only: they take a quarter of an hour there. */
export const onBothEnginesInFull = [
  'test/system/bad-files.test.ts',
  'test/system/catches-up.test.ts',
  'test/system/down-lying-ambiguous.test.ts',
  'test/system/inbox.test.ts',
  'test/system/message-bad.test.ts',
  'test/system/overload.test.ts',
  'test/system/quality-control.test.ts',
  'test/system/released-after-unknown.test.ts',
  'test/system/return-file.test.ts',
  'test/system/several-persons.test.ts',
  'test/system/slow.test.ts',
  'test/system/stop-in-time.test.ts',
  'test/system/two-inboxes.test.ts',
  'test/system/unknown-outcome.test.ts',
  'test/system/voa-misbehaves.test.ts',
]

/** Tests of the same journeys that run on the embedded log alone, and why. */
export const onEmbeddedOnly: Readonly<Record<string, string>> = {
  'test/system/already-done.test.ts': 'puts an older data folder back, with the log in it',
  'test/system/apply.test.ts': 'what a configuration changes, not how messages travel',
  'test/system/backup.test.ts': 'a cluster is backed up by its own means',
  'test/system/container-image.test.ts': 'of what is in the image',
  'test/system/diff.test.ts': 'what a configuration changes, not how messages travel',
  'test/system/door-full-disk.test.ts':
    'of the disk that the log is on; test/resilience/kafka-full-disk.test.ts is about the other one',
  'test/system/door-hostile.test.ts': 'what the door refuses reaches no log',
  'test/system/door-run.test.ts': 'of the command line',
  'test/system/file-a-day.test.ts': 'of one folder that grows',
  'test/system/findable.test.ts': 'a measurement',
  'test/system/full-disk.test.ts':
    'of the disk that the log is on; test/resilience/kafka-full-disk.test.ts is about the other one',
  'test/system/kafka-foreign-records.test.ts': 'on Kafka in any case',
  'test/system/kafka-topics-drift.test.ts': 'on Kafka in any case',
  'test/system/lost-tail.test.ts': 'of a file of the embedded log that has lost its end',
  'test/system/one-owner.test.ts': 'several workers on Kafka may run at once',
  'test/system/personal-data-tell-us-once.test.ts': 'looks into the files of the embedded log',
  'test/system/personal-data.test.ts': 'looks into the files of the embedded log',
  'test/system/telemetry.test.ts': 'of what others may observe, which has tests of its own on Kafka',
  'test/system/upgrade.test.ts': 'of old data folders',
  'test/resilience/kafka-several-workers.test.ts': 'on Kafka in any case',
}
