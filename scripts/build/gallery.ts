import { readFile, writeFile } from 'node:fs/promises'
import { BuildError, need, shortPath } from './build-error.ts'
import { withPolicy } from './policy.ts'
import type { Sketch } from './sketch.ts'
import { STRIP } from './strip.ts'

/** `<!-- sketches: hello, write -->`: the place of the cards, and the sketches that come first; the others follow by name. */
const place = /^([ \t]*)<!--\s*sketches:?([^>]*?)-->/m

/** Builds the gallery: the template with one card per sketch. */
export async function buildGallery(template: string, sketches: Sketch[], outfile: string): Promise<void> {
  const page = await readFile(await need(template, 'It is the template of the gallery.'), 'utf8')
  const found = place.exec(page)
  if (!found)
    throw new BuildError(`Expected a line <!-- sketches --> in ${shortPath(template)}, got none. The cards go there.`)
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
  const { title, sentence, tags, tryFirst } = sketch
  const name = encodeURIComponent(sketch.name)
  return [
    '<li class="card">',
    `  <a href="${name}/index.html">`,
    `    <span class="picture">${pictures(sketch).join('')}</span>`,
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

/** Returns the still preview, and above it the strip that style.css animates; both load lazily. */
function pictures({ name, preview, motion }: Sketch): string[] {
  const image = (file: string, attributes: string) =>
    `<img src="${encodeURIComponent(name)}/${file}" alt="" ${attributes} loading="lazy" decoding="async">`
  return [
    ...(preview ? [image('preview.png', 'width="960" height="600"')] : []),
    ...(preview && motion
      ? [image('preview-motion.webp', `class="motion" width="${STRIP.width}" height="${STRIP.frames * STRIP.height}"`)]
      : []),
  ]
}

function text(plain: string): string {
  const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
  return plain.replace(/[&<>"]/g, (sign) => entities[sign])
}
