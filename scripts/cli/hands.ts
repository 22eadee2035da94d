import { Command } from 'commander'
import { output, STDOUT } from './output.ts'
import { integer } from './values.ts'
import { createScribe, textSvg } from './write-text.ts'

const PAGE = {
  width: 180,
  margin: 12,
  lineHeight: 11,
  xHeight: 2.5,
  pen: 0.35,
  color: '#1f2a44',
  background: '#faf7f0',
}

export function handsCommand(scribe: URL): Command {
  return new Command('hands')
    .description('Write a specimen of every hand of the text network, as SVG.')
    .option('-l, --list', 'print their names instead, one per line, from neat to wild')
    .option('-s, --seed <number>', 'the same seed writes the same sheet', integer(0, 2 ** 32 - 1), 7)
    .option('--weights <file>', "another text network's weights (default: longhand's own)")
    .option('-o, --out <file>', 'the SVG file; - is standard output', STDOUT)
    .action(async ({ list, seed, weights, out }) => {
      const writer = await createScribe(weights ?? scribe, seed)
      if (list) return output(out, `${writer.hands.join('\n')}\n`)
      const names = writer.hands.map((name) => name[0].toUpperCase() + name.slice(1))
      const lines = writer.hands.map((hand, n) => [hand, `${names[n]} writes these words`] as const)
      await output(out, textSvg(writer, lines, 0.3, PAGE))
    })
}
