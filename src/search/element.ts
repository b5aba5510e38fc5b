import { onSite } from './site-root.ts';

type Child = Node | string;

/** Makes an element. Text stays text: nothing here reads HTML. A link is written from the root of the site. */
export function element<K extends keyof HTMLElementTagNameMap>(
  name: K,
  attributes: Readonly<Record<string, string>>,
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes))
    made.setAttribute(key, key === 'href' ? onSite(value) : value);
  made.append(...children);
  return made;
}

/** The text of an excerpt and its marks; any other element in it is dropped to its text. */
export function excerptNodes(html: string): Node[] {
  const parsed = new DOMParser().parseFromString(html, 'text/html').body;
  return [...parsed.childNodes].map((node) =>
    node instanceof HTMLElement && node.localName === 'mark'
      ? element('mark', {}, node.textContent)
      : document.createTextNode(node.textContent ?? ''),
  );
}

/** The words that an excerpt marks. */
export function markedWords(html: string): string[] {
  const marks = new DOMParser().parseFromString(html, 'text/html').querySelectorAll('mark');
  return [...marks].map(({ textContent }) => textContent);
}

/** An element of the page that the script cannot do without. */
export function required<T extends Element>(id: string, type: abstract new () => T): T {
  const found = document.getElementById(id);
  if (!(found instanceof type)) throw new Error(`The page has no #${id} of the expected kind`);
  return found;
}
