import {
  type DeclarationReflection,
  DefaultTheme,
  DefaultThemeRenderContext,
  JSX,
  type PageEvent,
  type Reflection,
  type RenderTemplate,
  type SignatureReflection,
} from 'typedoc'
import { withPolicy } from '../policy.ts'

const { createElement } = JSX
const nothing = () => createElement(JSX.Fragment, null)

// Icons, links from headings to themselves, and buttons for a script that these pages do not have.
const decoration = /<svg[\s\S]*?<\/svg>|<a [^>]*class="tsd-anchor-icon"[\s\S]*?<\/a>|<button[\s\S]*?<\/button>/g

/** Plain pages in the look of the site: no script, no icons, one column beside the list of tasks. */
export class SiteTheme extends DefaultTheme {
  override ContextClass = SiteContext

  override render(page: PageEvent): string {
    const html = super.render(page).replace(decoration, '').replaceAll('<pre>', '<pre tabindex="0">') // pre scrolls
    return withPolicy(headingsInOrder(html), page.url)
  }
}

class SiteContext extends DefaultThemeRenderContext {
  override defaultLayout = (template: RenderTemplate<PageEvent<Reflection>>, page: PageEvent<Reflection>) => {
    const name = page.model.isProject() ? 'API reference' : page.model.name
    const title = `${name} · longhand`
    const isIndex = page.url === 'index.html'
    const css = ['../style.css', 'assets/highlight.css', 'api.css']
    return createElement(
      'html',
      { lang: 'en' },
      createElement(
        'head',
        null,
        createElement('meta', { charset: 'utf-8' }),
        createElement('title', null, title),
        createElement('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
        createElement('meta', { name: 'color-scheme', content: 'light dark' }),
        createElement('link', { rel: 'icon', href: this.relativeURL('../icon.svg') }),
        ...css.map((href) => createElement('link', { rel: 'stylesheet', href: this.relativeURL(href) })),
      ),
      createElement(
        'body',
        { class: 'api' },
        createElement(
          'nav',
          { 'aria-label': 'API reference' },
          createElement('p', null, createElement('a', { href: this.relativeURL('../index.html') }, 'longhand')),
          createElement('p', null, createElement('a', { href: this.relativeURL('index.html') }, 'API reference')),
          createElement('ul', null, ...this.#tasks(page)),
          createElement('p', null, createElement('a', { href: this.relativeURL('modules.html') }, 'All names')),
        ),
        createElement(
          'main',
          null,
          isIndex ? [] : createElement('h1', null, page.model.isProject() ? 'All names' : this.#heading(page.model)),
          template(page),
        ),
      ),
    )
  }

  override breadcrumbs = nothing
  override index = nothing

  override memberSources = ({ sources = [] }: DeclarationReflection | SignatureReflection) =>
    createElement('p', { class: 'tsd-sources' }, sources.map(({ fileName }) => fileName).join(', '))

  /** A link to each task; below the task of this page, its names. */
  #tasks(page: PageEvent<Reflection>): JSX.Element[] {
    return (page.project.categories ?? []).map(({ title, children }) => {
      const isHere = children.some((child) => child === page.model)
      const slug = title
        .toLowerCase()
        .replace(/[^\w ]/g, '')
        .replace(/ /g, '-')
      const names = isHere ? children.map((child) => this.#name(child, page.model)) : []
      return createElement(
        'li',
        null,
        createElement('a', { href: `${this.relativeURL('index.html')}#${slug}` }, title),
        names.length > 0 ? createElement('ul', null, ...names) : [],
      )
    })
  }

  #name(reflection: Reflection, here: Reflection): JSX.Element {
    const attributes = { href: this.urlTo(reflection) ?? '', ...(reflection === here && { 'aria-current': 'page' }) }
    return createElement('li', null, createElement('a', attributes, reflection.name))
  }

  #heading(reflection: Reflection): string {
    return (reflection as DeclarationReflection).signatures ? `${reflection.name}()` : reflection.name
  }
}

/** Closes gaps between the levels of headings, which screen readers use as a table of contents. */
function headingsInOrder(html: string): string {
  let last = 0
  return html.replace(/<h([1-6])([ >][\s\S]*?)<\/h\1>/g, (_, level, rest) => {
    last = Math.min(Number(level), last + 1)
    return `<h${last}${rest}</h${last}>`
  })
}
