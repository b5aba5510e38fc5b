import { type Find, find } from './found.ts';

const EXTENSION =
  /\.(?:c|h|S|lds|lds\.S|py|awk|pl|ml|mli|go|sh|mk|rst|pandoc|pod|pod\.\d\.in|\d\.pod\.in|dts|dtsi|asl|y|l)$/;
/** Names that are files of a build or a document only with a folder before them. */
const IN_FOLDER =
  /\/(?:Kconfig(?:\.\w+)?|Makefile(?:\.\w+)?|Rules\.mk|[\w.+-]+\.(?:txt|md|html|in|cfg))$/;
const IN_ROOT = /^(?:MAINTAINERS|SUPPORT\.md|CHANGELOG\.md|Config\.mk)$/;
/** A word with a slash or with a dot inside it, or the name of a file of the root. */
const TOKEN =
  /(?<![\w./+~-])(?=[\w+~-]{0,100}(?:\/|\.[\w./+~-])|MAINT)[\w./+~-]{2,200}(?::\d{1,6})?(?![\w/+~-])/g;
/** What stands before the tree in a path that a build wrote: an absolute folder, or what `...` cut short. */
const BUILD_PREFIX =
  /^(?:\.\.\.|\/).*?\/(?=(?:xen\/(?:arch|common|drivers|include|lib|xsm|crypto|tools)|tools|stubdom|docs)\/)/;

function isFile(path: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (IN_ROOT.test(path) || IN_FOLDER.test(path)) return true;
  const extension = EXTENSION.exec(name);
  if (extension === null || extension.index === 0) return false;
  // An abbreviation such as `U.S` is no assembler source.
  return path.includes('/') || !/^[A-Z]\.S$/.test(name);
}

/** A path as the references list it, or undefined when it is none of a source tree. */
export function cleanPath(token: string): string | undefined {
  const [, path = '', line = ''] = /^(.*?)((?::\d+)?)$/.exec(token.replace(/\.+$/, '')) ?? [];
  const stripped = path.replace(BUILD_PREFIX, '').replace(/^[ab]\/(?=\w)/, '');
  if (stripped.startsWith('/') || stripped.startsWith('~') || !isFile(stripped)) return undefined;
  return `${stripped.replace(/^(?:\.\/)+/, '')}${line}`;
}

/** How a list of changed files writes a rename: what both paths share stands once. */
const RENAME =
  /(?<![\w./+-])([\w./+-]{0,200})\{([\w./+-]{0,200}) => ([\w./+-]{0,200})\}([\w./+-]{0,200})/g;

function findRenames(text: string): { readonly found: Find[]; readonly rest: string } {
  const found: Find[] = [];
  if (!text.includes(' => ')) return { found, rest: text };
  const rest = text.replace(
    RENAME,
    (written, start: string, from: string, to: string, end: string) => {
      for (const middle of [from, to]) {
        const path = cleanPath(`${start}${middle}${end}`.replaceAll('//', '/'));
        if (path !== undefined) found.push(find('file', path));
      }
      return ' '.repeat(written.length);
    },
  );
  return { found, rest };
}

/** Files named in prose, and the text in which they are blanked. */
export function findFiles(text: string): { readonly found: Find[]; readonly rest: string } {
  const renames = findRenames(text);
  const found = [...renames.found];
  const rest = renames.rest.replace(TOKEN, (token) => {
    const path = cleanPath(token);
    if (path === undefined) return token;
    found.push(find('file', path));
    return ' '.repeat(token.length);
  });
  return { found, rest };
}

/** The files that the header lines of a patch name. */
export function findPatchFiles(line: string): Find[] {
  const git = /^diff --git a\/(\S+) b\/(\S+)$/.exec(line);
  const paths = git === null ? [patchPath(line)] : [git[1], git[2]];
  return paths.flatMap((path) => {
    const isPath = path !== undefined && path !== '/dev/null' && /^[\w./+~,=-]{1,200}$/.test(path);
    return isPath ? [find('file', path)] : [];
  });
}

function patchPath(line: string): string | undefined {
  const header = /^(?:---|\+\+\+) (?:[ab]\/)?([^\t]+?)(?:\t.*)?\s*$/.exec(line)?.[1];
  return header ?? /^(?:rename|copy) (?:from|to) (.+)$/.exec(line)?.[1];
}
