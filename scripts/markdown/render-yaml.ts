/**
 * Data as YAML in its one canonical form. How a scalar is quoted is the library’s business; the layout stands here,
 * because thousands of entries are written at once and few scalars in them are new.
 */
import { Document } from 'yaml';

/** Lists of scalars stand on one line when they fit; everything else has a line of its own. */
const SHORT = 80;

/**
 * Renders data with its keys in the order given, lines not folded; keys without a value are left out. `remarks` stand
 * as comments above the keys of the data that they are for.
 */
export function renderYaml(data: object, remarks: Readonly<Record<string, string>> = {}): string {
  if (isFlow(data)) return '{}\n';
  const lines = pairsOf(data).map(([key, value]) => {
    const remark = remarks[key];
    return `${remark === undefined ? '' : `# ${remark}\n`}${pairOf(key, value, '')}`;
  });
  return `${lines.join('\n')}\n`;
}

/** A nested collection at its indentation, without that of its first line. */
function blockOf(value: object, indent: string): string {
  const parts = Array.isArray(value)
    ? value.map((item) => `- ${itemOf(item, indent)}`)
    : pairsOf(value).map(([key, item]) => pairOf(key, item, indent));
  return parts.join(`\n${indent}`);
}

function itemOf(value: unknown, indent: string): string {
  return isCollection(value) && !isFlow(value)
    ? blockOf(value, `${indent}  `)
    : inlineOf(value, indent);
}

function pairOf(key: string, value: unknown, indent: string): string {
  const deeper = `${indent}  `;
  return isCollection(value) && !isFlow(value)
    ? `${keyOf(key)}:\n${deeper}${blockOf(value, deeper)}`
    : `${keyOf(key)}: ${inlineOf(value, indent)}`;
}

function pairsOf(data: object): [string, unknown][] {
  return Object.entries(data).filter(([, value]) => value !== undefined);
}

function isCollection(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

/** Whether a collection stands on one line: an empty one, and a short list of scalars that have one line each. */
function isFlow(value: object): boolean {
  if (!Array.isArray(value)) return pairsOf(value).length === 0;
  const line = value.join(', ');
  return !value.some(isCollection) && line.length <= SHORT && !line.includes('\n');
}

function inlineOf(value: unknown, indent: string): string {
  if (Array.isArray(value)) {
    return `[${value.map((item) => remembered(flow, item, inFlow)).join(', ')}]`;
  }
  if (isCollection(value)) return '{}';
  const text = remembered(block, value, inBlock);
  return text.includes('\n') ? text.replaceAll(/\n(?=[^\n])/g, `\n${indent}`) : text;
}

const keys = new Map<unknown, string>();
const block = new Map<unknown, string>();
const flow = new Map<unknown, string>();

function remembered<T>(
  known: Map<unknown, string>,
  value: T,
  render: (value: T) => string,
): string {
  const found = known.get(value);
  if (found !== undefined) return found;
  const text = render(value);
  known.set(value, text);
  return text;
}

const OPTIONS = { lineWidth: 0, flowCollectionPadding: false } as const;

/** A document that is rendered again and again with other contents: to make one costs more than to render it. */
// Astro reads front matter as YAML 1.1, in which an unquoted date is no string.
const document = new Document({}, { compat: 'yaml-1.1' });

function rendered(contents: object, flow = false): string {
  const node = document.createNode(contents, { flow });
  document.contents = node;
  return document.toString(OPTIONS).slice(0, -1);
}

function keyOf(key: string): string {
  return remembered(keys, key, (name) => rendered({ [name]: 0 }).slice(0, -': 0'.length));
}

function inBlock(value: unknown): string {
  return rendered({ k: value }).slice('k: '.length);
}

function inFlow(value: unknown): string {
  return rendered([value], true).slice(1, -1);
}
