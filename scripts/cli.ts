// The command line: `longhand write` and so on. Each command is a file in scripts/cli/.
import { Command, CommanderError } from 'commander'
import manifest from '../package.json' with { type: 'json' }
import { EXIT, exitCodeOf, reason } from './cli/failure.ts'
import { handsCommand } from './cli/hands.ts'
import { importDenseCommand } from './cli/import-dense.ts'
import { importWeightsCommand } from './cli/import-weights.ts'
import { infoCommand } from './cli/info.ts'
import { patternCommand } from './cli/pattern.ts'
import { writeCommand } from './cli/write.ts'

// The same path from here and from the built dist/cli.js.
const handwriting = new URL('../weights/handwriting.json', import.meta.url)
const scribe = new URL('../weights/scribe.json', import.meta.url)

const program = new Command('longhand')
  .description('Small neural networks that draw.')
  .version(manifest.version, '-v, --version', 'print the version')
  .helpOption('-h, --help', 'print this help, or that of a command')
  .helpCommand(false)
  .exitOverride()
  .configureOutput({ outputError: (text, write) => write(text.replace(/^error: /, 'longhand: ')) })
  .addHelpText('after', '\nFor examples: longhand write --help\nExit codes: 0 success, 1 failure, 2 wrong usage.')

for (const command of [
  writeCommand(handwriting, scribe),
  handsCommand(scribe),
  patternCommand(),
  importWeightsCommand(),
  importDenseCommand(),
  infoCommand(handwriting),
])
  program.addCommand(command.copyInheritedSettings(program))

// A reader may close the pipe early, as `| head` does: not a failure.
for (const stream of [process.stdout, process.stderr])
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
    process.exit(EXIT.done)
  })

try {
  await program.parseAsync()
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = exitCodeOf(error)
  else {
    process.stderr.write(`longhand: ${reason(error)}\n`)
    process.exitCode = EXIT.failed
  }
}
