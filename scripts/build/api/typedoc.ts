// Writes the API reference into the folder named on the command line. Run by buildApi, in a process of its own.
import { copyFile, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Application, Comment, CommentTag, Converter, type ProjectReflection, ReflectionKind } from 'typedoc'
import { root } from '../root.ts'
import { linkNames, readTasks } from './reference.ts'
import { SiteTheme } from './theme.ts'

const out = process.argv[2]
const text = await readFile(join(root, 'docs/REFERENCE.md'), 'utf8')
const tasks = readTasks(text)
const folder = await mkdtemp(join(tmpdir(), 'longhand-'))
const readme = join(folder, 'readme.md')
try {
  await writeFile(readme, linkNames(text))
  await write()
} finally {
  await rm(folder, { recursive: true })
}

async function write(): Promise<void> {
  const app = await Application.bootstrap({
    name: 'longhand',
    entryPoints: [join(root, 'src/index.ts')],
    tsconfig: join(root, 'scripts/build/tsconfig.types.json'),
    skipErrorChecking: true, // npm run check does that
    readme,
    theme: 'site',
    lightHighlightTheme: 'light-plus',
    darkHighlightTheme: 'dark-plus',
    basePath: root,
    disableGit: true,
    sourceLinkTemplate: '{path}', // typedoc wants one; the theme shows the path without a link
    categorizeByGroup: false,
    categoryOrder: tasks.map(({ title }) => title),
    sort: ['source-order'],
    useFirstParagraphOfCommentAsSummary: true,
    excludeInternal: true,
    includeHierarchySummary: false,
    hideGenerator: true,
    githubPages: false,
    validation: { notExported: false, invalidLink: true },
    logLevel: 'Warn',
  })
  app.renderer.defineTheme('site', SiteTheme)
  app.converter.on(Converter.EVENT_RESOLVE_BEGIN, ({ project }) => {
    categorize(project)
    nameOptions(project)
  })
  app.converter.on(Converter.EVENT_RESOLVE_END, ({ project }) => arrange(project), -1000)
  const project = await app.convert()
  if (!project) throw new Error('typedoc found nothing to document.')
  await app.generateDocs(project, out)
  if (app.logger.hasErrors()) process.exitCode = 1
  // The pages have no script and their own style.
  const assets = join(out, 'assets')
  const unused = (await readdir(assets)).filter((name) => name !== 'highlight.css')
  await Promise.all(unused.map((name) => rm(join(assets, name))))
  await copyFile(join(import.meta.dirname, 'api.css'), join(out, 'api.css'))
}

/** Groups the exports by task. */
function categorize(project: ProjectReflection): void {
  for (const reflection of project.children ?? []) {
    const title = tasks.find(({ names }) => names.includes(reflection.name))?.title ?? 'Other'
    reflection.comment ??= new Comment()
    reflection.comment.blockTags.push(new CommentTag('@category', [{ kind: 'text', text: title }]))
  }
}

/** Puts the exports of each task in the order of docs/REFERENCE.md. */
function arrange(project: ProjectReflection): void {
  const order = tasks.flatMap(({ names }) => names)
  for (const { children } of project.categories ?? [])
    children.sort((a, b) => order.indexOf(a.name) - order.indexOf(b.name))
}

/** Names the parameters that are destructured in the signature, which have none. */
function nameOptions(project: ProjectReflection): void {
  for (const parameter of project.getReflectionsByKind(ReflectionKind.Parameter))
    if (parameter.name === '__namedParameters') parameter.name = 'options'
}
