/** One task of docs/REFERENCE.md. */
export interface Task {
  title: string
  /** The exports that belong to it. */
  names: string[]
  /** The code of its example, which runs as it stands. */
  example: string
}

const section = /^## (.+)$([\s\S]*?)(?=^## |$(?![\s\S]))/gm
const example = /^```ts\n([\s\S]*?)^```$/m
const listed = /^Names: (.+)$/gm

/** Reads the tasks of docs/REFERENCE.md: their titles, examples and `Names:` lines. */
export function readTasks(text: string): Task[] {
  return [...text.matchAll(section)].map(([, title, body]) => ({
    title,
    names: [...body.matchAll(listed)].flatMap(([, list]) => list.match(/(?<=`)\w+(?=`)/g) ?? []),
    example: example.exec(body)?.[1] ?? '',
  }))
}

/** Turns every name of the `Names:` lines into a link to its page. */
export function linkNames(text: string): string {
  return text.replace(listed, (_, list) => list.replace(/`(\w+)`/g, '{@link $1}'))
}
