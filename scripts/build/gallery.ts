import { readFile, writeFile } from 'node:fs/promises'
import { BuildError, need, shortPath } from './build-error.ts'
import { withPolicy } from './policy.ts'
import type { Sketch } from './sketch.ts'

/** `<!-- sketches: hello, write -->`: where the cards go, and which come first; the others follow by name. */
const place = /^([ \t]*)<!--\s*sketches:?([^>]*?)-->/m

/** The gallery: the template with one card for each sketch. */
export async function buildGallery(template: string, sketches: Sketch[], outfile: string): Promise<void> {
  const page = await readFile(await need(template, 'It is the template of the gallery.'), 'utf8')
  const found = place.exec(page)
  if (!found) throw new BuildError(`${shortPath(template)} has no line <!-- sketches --> to put the cards in. Add it.`)
  const [, indent, names] = found
  const cards = inOrder(sketches, names.split(/[\s,]+/).filter(Boolean)).map((sketch) => card(sketch, indent))
  await writeFile(
    outfile,
    withPolicy(
      page.replace(place, () => cards.join('\n')),
      template,
    ),
  )
}

function inOrder(sketches: Sketch[], first: string[]): Sketch[] {
  const rank = ({ name }: Sketch) => (first.includes(name) ? first.indexOf(name) : first.length)
  return [...sketches].sort((a, b) => rank(a) - rank(b))
}

function card(sketch: Sketch, indent: string): string {
  const { name, title, sentence, tags, tryFirst, preview } = sketch
  const picture = preview
    ? `<img src="${name}/preview.png" alt="" width="960" height="600" loading="lazy" decoding="async">`
    : '<span class="blank"></span>'
  return [
    '<li class="card">',
    `  <a href="${name}/index.html">`,
    `    ${picture}`,
    `    <h2>${text(title)}</h2>`,
    '  </a>',
    `  <p>${text(sentence)}</p>`,
    `  <p class="try">Try: ${text(tryFirst)}</p>`,
    `  <p class="small"><span>${tags.map(text).join(', ')}</span> <a href="${name}/source.txt" aria-label="Source of ${text(title)}">source</a></p>`,
    '</li>',
  ]
    .map((line) => indent + line)
    .join('\n')
}

function text(plain: string): string {
  const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
  return plain.replace(/[&<>"]/g, (sign) => entities[sign])
}
