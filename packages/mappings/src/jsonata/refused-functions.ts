import { placeAt, type ScriptFault } from '../script.ts'
import { everyNode, startOf } from './syntax-tree.ts'

/** Functions that give something else the next time, or that make a script of a message. */
const refused: Readonly<Record<string, string>> = {
  now: 'gives another time whenever the message is mapped',
  millis: 'gives another time whenever the message is mapped',
  random: 'gives another number whenever the message is mapped',
  shuffle: 'gives another order whenever the message is mapped',
  eval: 'would run what a message says',
}

/** Each use of a function that no mapping may have: a message that is mapped again must come out the same. */
export function refusedFunctions(tree: unknown, text: string): readonly ScriptFault[] {
  return [...everyNode(tree)].flatMap((node) => {
    const { type, value } = node
    if (type !== 'variable' || typeof value !== 'string' || !Object.hasOwn(refused, value)) return []
    return [{ sentence: `$${value} ${refused[value]}.`, place: placeAt(text, startOf(node, text)) }]
  })
}
