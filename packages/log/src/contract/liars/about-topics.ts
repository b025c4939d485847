import * as compare from '../promises/compare-topics.ts'
import type { Liar } from './liar.ts'

/** About topics that stand otherwise than they are declared. */
export const aboutTopics: readonly Liar[] = [
  {
    lie: 'finds every topic as it is declared',
    breaks: compare.differencesTold,
    does: () => ({ compareTopics: async () => [] }),
  },
  {
    lie: 'makes a topic that it was only to compare',
    breaks: compare.differencesTold,
    does: (honest) => ({
      compareTopics: async (declared) => {
        const told = await honest.compareTopics(declared)
        for (const { topic, setting } of told) if (setting === 'topic') await honest.createTopic({ name: topic })
        return told
      },
    }),
  },
  {
    lie: 'changes nothing, and says that it has',
    breaks: compare.differencesAligned,
    does: () => ({ alignTopic: async () => undefined }),
  },
  {
    lie: 'forgets that a topic is compacted',
    breaks: compare.compaction,
    does: (honest) => ({ createTopic: ({ compaction: _, ...config }) => honest.createTopic(config) }),
  },
]
