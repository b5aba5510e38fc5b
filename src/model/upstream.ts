import type { TreeEvidence } from './evidence.ts';

/** The pinned revision of Xen, as `content/sources.yml` names it. */
export interface TreePin {
  readonly release: string;
  readonly commit: string;
  /** Web view of a file: `{commit}`, `{path}` and `{line}` are replaced. */
  readonly webView: string;
}

/** Address of a place in the pinned tree on the upstream web view. */
export function upstreamUrl(pin: TreePin, place: Pick<TreeEvidence, 'path' | 'line'>): string {
  const url = pin.webView
    .replaceAll('{commit}', pin.commit)
    .replaceAll('{path}', place.path.split('/').map(encodeURIComponent).join('/'));
  return place.line === undefined
    ? url.replace(/#.*$/, '')
    : url.replaceAll('{line}', String(place.line));
}

/** Address of the changes of a file up to a commit; undefined where no web view of them is known. */
export function upstreamHistoryUrl(
  { historyView }: { readonly historyView?: string | undefined },
  commit: string,
  path: string,
): string | undefined {
  return historyView
    ?.replaceAll('{commit}', commit)
    .replaceAll('{path}', path.split('/').map(encodeURIComponent).join('/'));
}

/** Address of a message in a web archive; `{id}` in the prefix is replaced by the encoded Message-ID. */
export function archiveUrl(template: string, messageId: string): string {
  return template.replaceAll('{id}', encodeURIComponent(messageId));
}
