/** Assignments to `emulation_flags`: what libxl and Xen's own dom0 builder choose, and what Xen forces. */
import type { Node } from 'web-tree-sitter';
import type { CFile } from '../../c-file.ts';
import type { CReader } from '../../c-reader.ts';
import { type Guard, guardsAt } from '../../calls.ts';
import type { Corpus } from '../../corpus.ts';
import { type Environment, evaluate, parseExpression } from '../../expression.ts';

export interface Assignment {
  readonly operator: string;
  readonly value: bigint;
  readonly guards: readonly Guard[];
  /** Label of the `case` around it, such as `LIBXL_DOMAIN_TYPE_PVH`. */
  readonly label: string | null;
  readonly line: number;
}

function labelOf(node: Node): string | null {
  for (let parent = node.parent; parent !== null; parent = parent.parent) {
    if (parent.type === 'case_statement') return parent.childForFieldName('value')?.text ?? null;
    if (parent.type === 'function_definition') return null;
  }
  return null;
}

/** Every assignment in a function whose target ends in `target`, in order. */
export function readAssignments(
  reader: CReader,
  file: CFile,
  name: string,
  target: string,
  flags: Environment,
): Assignment[] {
  return reader
    .visitFunction(file, name, (definition) =>
      definition
        .descendantsOfType('assignment_expression')
        .filter((node) =>
          new RegExp(`(?:^|\\W)${target}$`).test(node.childForFieldName('left')?.text ?? ''),
        )
        .map((node) => {
          const right = node.childForFieldName('right');
          const text = right === null ? '0' : file.text.slice(right.startIndex, right.endIndex);
          return { node, text };
        })
        .filter(({ text }) => /\bXEN_X86_EMU_|^\(?0\)?$/.test(text))
        .map(({ node, text }) => ({
          operator: node.childForFieldName('operator')?.text ?? '=',
          value: evaluate(parseExpression(text), flags),
          guards: guardsAt(file, node),
          label: labelOf(node),
          line: node.startPosition.row + 1,
        })),
    )
    .flat();
}

/** The set of flags after the assignments whose guards `holds` accepts. */
export function applyAssignments(
  assignments: readonly Assignment[],
  holds: (guard: Guard) => boolean,
): bigint {
  return assignments
    .filter(({ guards }) => guards.every(holds))
    .reduce((set, { operator, value }) => {
      if (operator === '|=') return set | value;
      return operator === '&=' ? set & value : value;
    }, 0n);
}

/** An option of libxl that guards an assignment: its field, its default and the key that xl reads it from. */
export interface Option {
  readonly field: string;
  readonly enabledByDefault: boolean;
  readonly key: string;
}

/** The field that `libxl_defbool_val(…b_info.u.hvm.pirq)` reads, or null when the guard is something else. */
export function optionField(guard: Guard): string | null {
  return /^libxl_defbool_val\(.*?b_info(?:\.|->)([\w.]+)\)$/.exec(guard.text)?.[1] ?? null;
}

/** Reads default (from libxl's file of defaults) and xl.cfg key of a field; null when one of them is not there. */
export function readOption(corpus: Corpus, defaultsIn: string, field: string): Option | null {
  const path = field.replaceAll('.', '\\.');
  const defaults = new RegExp(
    `libxl_defbool_setdefault\\(\\s*&b_info->${path}\\s*,\\s*(true|false)\\s*\\)`,
  ).exec(corpus.texts.get(defaultsIn) ?? '');
  const key = new RegExp(
    `xlu_cfg_get_defbool\\(\\s*config,\\s*"(\\w+)",\\s*&b_info->${path}\\b`,
  ).exec(corpus.texts.get('tools/xl/xl_parse.c') ?? '');
  const name = key?.[1];
  if (defaults === null || name === undefined) return null;
  return { field, enabledByDefault: defaults[1] === 'true', key: name };
}
