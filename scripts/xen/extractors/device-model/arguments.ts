/**
 * The command line of QEMU as libxl builds it: every call that appends to `dm_args`, and every driver that a QMP
 * command adds to a running QEMU, with the conditions around them.
 */
import type { Node } from 'web-tree-sitter';
import type { CFile } from '../../c-file.ts';
import type { CReader } from '../../c-reader.ts';
import { type Guard, guardsAt } from '../../calls.ts';

/** One option of QEMU with one of its values, such as `-device lsi53c895a`. */
export interface Argument {
  /** Option and value as in the source; a value without a literal is its expression. */
  readonly text: string;
  readonly path: string;
  /** Whether the value is a literal. */
  readonly literal: boolean;
  /** Enclosing function. */
  readonly symbol: string;
  /** 1-based line of the value. */
  readonly line: number;
  /** 1-based line of the option. */
  readonly optionLine: number;
  /** Outermost first. */
  readonly guards: readonly Guard[];
  /** Labels of the switches around it, outermost first, such as `LIBXL_DOMAIN_TYPE_HVM`. */
  readonly cases: readonly string[];
}

type Word = Omit<Argument, 'path'>;

const APPEND = new Set(['flexarray_append', 'flexarray_vappend', 'flexarray_append_pair']);
const PRINT = new Set(['GCSPRINTF', 'libxl__sprintf', 'libxl__strdup']);
const QMP = new Set(['libxl__qmp_param_add_string']);

/** Variables that hold a value until it is appended, and the option whose value they are. */
const VALUES: Readonly<Record<string, string>> = {
  machinearg: '-machine',
  chardev: '-chardev',
  drive: '-drive',
  vncarg: '-vnc',
};

/** Options of QEMU without a value: what follows belongs to the option before. */
const FLAGS = new Set([
  '-S',
  '-daemonize',
  '-no-acpi',
  '-no-shutdown',
  '-no-user-config',
  '-nodefaults',
  '-nographic',
  '-usb',
  '-xen-attach',
  '-xen-domid-restrict',
]);

/** The literals of an expression in a row, or the expression itself when it has none. */
function textOf(file: CFile, node: Node): string {
  const literals = node.descendantsOfType('string_literal');
  if (literals.length > 0) {
    return literals
      .map(({ startIndex, endIndex }) => file.text.slice(startIndex + 1, endIndex - 1))
      .join('');
  }
  return file.text
    .slice(node.startIndex, node.endIndex)
    .replace(/\s+/g, ' ')
    .replace(/^\(\w+ ?\*\) ?/, '');
}

/** Labels of the groups of cases in which a node stands; labels without a body join the next ones. */
function casesAround(file: CFile, node: Node): string[] {
  const cases: string[] = [];
  for (let parent = node.parent; parent !== null; parent = parent.parent) {
    if (parent.type === 'function_definition') break;
    if (parent.type === 'case_statement') cases.unshift(...labelsOf(file, parent));
  }
  return cases;
}

/** The label of a case, and those before it that have no body of their own. */
function labelsOf(file: CFile, label: Node): string[] {
  const value = label.childForFieldName('value');
  const before = label.previousNamedSibling;
  const shared = before?.type === 'case_statement' && before.namedChildCount === 1;
  return [
    ...(shared ? labelsOf(file, before) : []),
    value === null ? 'default' : textOf(file, value),
  ];
}

function wordOf(file: CFile, call: Node, node: Node): Word | undefined {
  const symbol = file.functions.find(
    (f) => f.start <= call.startIndex && call.endIndex <= f.end,
  )?.name;
  if (symbol === undefined) return undefined;
  return {
    text: textOf(file, node),
    literal: node.descendantsOfType('string_literal').length > 0,
    symbol,
    line: file.lineOf(node.startIndex),
    optionLine: file.lineOf(node.startIndex),
    guards: guardsAt(file, call),
    cases: casesAround(file, call),
  };
}

function argumentNodes(call: Node): Node[] {
  const list = call.childForFieldName('arguments')?.namedChildren ?? [];
  return list.filter(({ type }) => type !== 'comment');
}

/** Words that calls append to `dm_args`, without the binary and the end of the list. */
function appendedWords(reader: CReader, file: CFile): Word[] {
  return reader
    .visitCalls(file, APPEND, (call) => {
      const [list, ...rest] = argumentNodes(call);
      if (list?.text !== 'dm_args') return [];
      return rest.flatMap((node) => wordOf(file, call, node) ?? []);
    })
    .flat()
    .filter(({ text }) => text !== 'NULL' && text !== 'dm' && VALUES[text] === undefined);
}

/** What is assigned to a variable of `VALUES`, each with its option in front. */
function assignedWords(reader: CReader, file: CFile): Argument[] {
  return reader
    .visitCalls(file, PRINT, (call) => {
      const assignment = call.parent;
      if (assignment?.type !== 'assignment_expression') return [];
      const option = VALUES[assignment.childForFieldName('left')?.text ?? ''];
      const word = wordOf(file, call, call);
      if (option === undefined || word === undefined) return [];
      return [argument(file, word, `${option} ${word.text}`)];
    })
    .flat();
}

function argument(file: CFile, word: Word, text: string, optionLine = word.line): Argument {
  return { ...word, text, optionLine, path: file.path };
}

/** Joins each value to the option before it; an option that has values is not listed by itself. */
function joinOptions(file: CFile, words: readonly Word[]): Argument[] {
  const found: Argument[] = [];
  let option: Word | undefined;
  let used = true;
  const close = () => {
    if (!used && option !== undefined) found.push(argument(file, option, option.text));
  };
  for (const word of words) {
    if (option !== undefined && option.symbol !== word.symbol) {
      close();
      option = undefined;
    }
    if (FLAGS.has(word.text) || OTHER_ARRAY.test(word.text)) {
      found.push(argument(file, word, word.text));
    } else if (/^-[a-zA-Z]/.test(word.text)) {
      close();
      option = word;
      used = VALUED_ELSEWHERE.has(word.text);
    } else {
      const text = `${option?.text ?? ''} ${word.text}`.trim();
      found.push(argument(file, word, text, option?.line));
      used = true;
    }
  }
  close();
  return found;
}

/** Elements of an array of whole arguments. */
const OTHER_ARRAY = /^b_info->extra\w*\[/;

/** Options whose value can stand in a variable of `VALUES`. */
const VALUED_ELSEWHERE = new Set(Object.values(VALUES));

/** Every argument that a file appends to the command line of QEMU, in source order. */
export function readArguments(reader: CReader, file: CFile): Argument[] {
  const all = [...joinOptions(file, appendedWords(reader, file)), ...assignedWords(reader, file)];
  return all.sort((a, b) => a.line - b.line || (a.text < b.text ? -1 : 1));
}

/** Every driver that a file adds to a running QEMU: `device_add DRIVER`. */
export function readAddedDrivers(reader: CReader, file: CFile): Argument[] {
  return reader
    .visitCalls(file, QMP, (call) => {
      const [, , key, value] = argumentNodes(call);
      if (key === undefined || value === undefined || textOf(file, key) !== 'driver') return [];
      const word = wordOf(file, call, value);
      return word === undefined ? [] : [argument(file, word, `device_add ${word.text}`)];
    })
    .flat();
}
