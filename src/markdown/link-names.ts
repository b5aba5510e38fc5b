import type { Link, PhrasingContent, Root } from 'mdast';
import { SKIP, visit } from 'unist-util-visit';
import {
  isMessageId,
  type KnownNames,
  type Resolved,
  resolveMessageId,
  resolveName,
} from './known-names.ts';

interface NamedFile {
  readonly path?: string | undefined;
}

function linkTo(url: string, child: PhrasingContent): Link {
  return {
    type: 'link',
    url,
    data: { hProperties: { className: ['name-link'] } },
    children: [child as Link['children'][number]],
  };
}

/** The page that a file under `content/` becomes; a page does not link its names to itself. */
function ownUrl({ path = '' }: NamedFile): string | undefined {
  const [, entry] =
    /(?:^|\/)content\/((?:features|answers|guests|guides)\/.+)\.md$/.exec(path) ?? [];
  return entry === undefined ? undefined : `/${entry}/`;
}

/** Whether a script wrote the words: their names are those of the tree that it read. */
function isGenerated({ path = '' }: NamedFile): boolean {
  return /(?:^|\/)content\/facts\//.test(path);
}

/** Prints what the build found; the check says the same with lines and fails. */
export type Report = (text: string) => void;

function renderUnknown(names: ReadonlySet<string>, { path = 'Markdown' }: NamedFile): string {
  const list = [...names].map((name) => `\`${name}\``).join(', ');
  const where = path.replace(/^.*\/(?=content\/)/, '');
  return (
    `${where}  Unexpected ${list}, expected names that an entry or content/names.yml has  (symbol-unknown)\n` +
    '    `npm run atlas -- check` names the lines and says how to repair it.\n'
  );
}

/** An address between angle brackets is read by Markdown as mail to it; here it is a Message-ID. */
function messageIdOf({ url }: Link): string | undefined {
  const id = url.replace(/^mailto:/, '');
  return url.startsWith('mailto:') && isMessageId(id) ? id : undefined;
}

/**
 * remark plugin: a name between backticks, and a Message-ID, leads to the page that the Atlas has for it. A name that
 * must be known and is not stays as it is and is reported.
 */
export function linkNames({ names, report }: { names: KnownNames; report: Report }) {
  return (tree: Root, file: NamedFile): void => {
    const own = ownUrl(file);
    const unknown = new Set<string>();
    visit(tree, (node, index, parent) => {
      if (node.type === 'heading') return SKIP;
      if (node.type === 'link') {
        const id = messageIdOf(node);
        const resolved: Resolved | undefined =
          id === undefined ? undefined : resolveMessageId(id, names);
        if (resolved?.is === 'linked') node.url = resolved.url;
        return SKIP;
      }
      if (node.type !== 'inlineCode' || parent === undefined || index === undefined)
        return undefined;
      const resolved = resolveName(node.value, names);
      if (resolved.is === 'unknown') unknown.add(resolved.name);
      if (resolved.is !== 'linked' || resolved.url.replace(/#.*$/, '') === own) return undefined;
      parent.children[index] = linkTo(resolved.url, node);
      return [SKIP, index + 1];
    });
    if (unknown.size > 0 && !isGenerated(file)) report(renderUnknown(unknown, file));
  };
}
