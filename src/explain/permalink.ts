/** A configuration as the fragment of an address: the keys that were read, and nothing else of the file. */
import { HOST_OPTION_NAMES, type HostChoices, isHostOption } from './host-options.ts';
import { shapeOf } from './xl-keys.ts';
import type { XlSetting, XlValue } from './xl-parser.ts';

/** Keys that say nothing about who handles what, and that nobody wants to pass on. */
const LEFT_OUT: ReadonlySet<string> = new Set([
  'init_seclabel',
  'seclabel',
  'spicepasswd',
  'uuid',
  'vncpasswd',
]);

const HOST_PREFIX = 'host.';

function quoted(text: string): string {
  const escaped = text
    .replaceAll('\\', '\\\\')
    .replaceAll('"', '\\"')
    .replaceAll('\n', '\\n')
    .replaceAll('\t', '\\t');
  return `"${escaped}"`;
}

/** A value as xl reads it. */
export function renderValue(value: XlValue): string {
  if (typeof value !== 'string') return `[ ${value.map(renderValue).join(', ')} ]`;
  return /^[0-9][0-9a-fx]*$/.test(value) ? value : quoted(value);
}

function encoded(value: XlValue): string {
  return typeof value === 'string' && !/^["[]/.test(value) ? value : JSON.stringify(value);
}

function isValue(value: unknown): value is XlValue {
  return typeof value === 'string' || (Array.isArray(value) && value.every(isValue));
}

function decoded(text: string): XlValue {
  if (!/^["[]/.test(text)) return text;
  try {
    const value: unknown = JSON.parse(text);
    return isValue(value) ? value : text;
  } catch {
    return text;
  }
}

/** The fragment without `#`; empty when nothing is set. The last of two settings of a key counts. */
export function renderLink(settings: readonly XlSetting[], choices: HostChoices): string {
  const query = new URLSearchParams();
  for (const { key, value } of settings) {
    if (shapeOf(key) !== undefined && !LEFT_OUT.has(key)) query.set(key, encoded(value));
  }
  for (const option of HOST_OPTION_NAMES) {
    const choice = choices[option];
    if (choice !== undefined) query.set(`${HOST_PREFIX}${option}`, choice);
  }
  return query.toString();
}

/** The configuration of a fragment as text, and what was chosen beside it. What is not known is left out. */
export function parseLink(fragment: string): { text: string; choices: HostChoices } {
  const lines: string[] = [];
  const choices: Record<string, string> = {};
  for (const [key, value] of new URLSearchParams(fragment.replace(/^#/, ''))) {
    const option = key.startsWith(HOST_PREFIX) ? key.slice(HOST_PREFIX.length) : '';
    if (isHostOption(option)) choices[option] = value;
    else if (shapeOf(key) !== undefined) lines.push(`${key} = ${renderValue(decoded(value))}\n`);
  }
  return { text: lines.join(''), choices };
}
