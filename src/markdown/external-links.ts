import type { Root } from 'hast';
import { visit } from 'unist-util-visit';

const EXTERNAL = /^[a-z][a-z0-9+.-]*:/i;

/** rehype plugin: a link to another site says so, and that site learns nothing of the page the reader comes from. */
export function externalLinks() {
  return (tree: Root): void => {
    visit(tree, 'element', (node) => {
      const { href } = node.properties;
      if (node.tagName !== 'a' || typeof href !== 'string' || !EXTERNAL.test(href)) return;
      node.properties.rel = ['external', 'noopener', 'noreferrer'];
    });
  };
}
