import type { Element, Root } from 'hast';
import { SKIP, visit } from 'unist-util-visit';

/** A region that scrolls by keyboard, so that a wide table never widens the page. */
function regionAround(table: Element, number: number): Element {
  return {
    type: 'element',
    tagName: 'section',
    properties: {
      className: ['table-region'],
      ariaLabel: `Table ${number}`,
      tabIndex: 0,
    },
    children: [table],
  };
}

function scopeHeaders(table: Element): void {
  visit(table, 'element', (cell) => {
    if (cell.tagName === 'th') cell.properties.scope ??= 'col';
  });
}

/** rehype plugin: each table gets a focusable, labelled region around it, and its header cells a scope. */
export function tableRegions() {
  return (tree: Root): void => {
    let tables = 0;
    visit(tree, 'element', (node, index, parent) => {
      if (node.tagName !== 'table' || parent === undefined || index === undefined) return undefined;
      tables += 1;
      scopeHeaders(node);
      parent.children[index] = regionAround(node, tables);
      return [SKIP, index + 1];
    });
  };
}
