/**
 * Adjustments after the masks: the places in the policies that set, clear or copy a feature bit. The letters of the
 * featureset are not the final exposure; these places are what else decides.
 */
import type { Node } from 'web-tree-sitter';
import type { FactOf } from '../../../../src/schema/fact.ts';
import type { CFile } from '../../c-file.ts';
import type { CReader } from '../../c-reader.ts';
import { guardsAt } from '../../calls.ts';

export type Adjustment = FactOf<'cpuid-feature'>['attributes']['adjusted'][number] & {
  readonly name: string;
};
type Scope = Pick<Adjustment, 'guests' | 'stage'>;

/** The functions that decide what guests see, by what they decide. A function that is not here is a problem. */
export const SCOPES: Readonly<Record<string, Scope>> = {
  guest_common_max_feature_adjustments: { guests: 'all', stage: 'max' },
  guest_common_default_feature_adjustments: { guests: 'all', stage: 'default' },
  guest_common_feature_adjustments: { guests: 'all', stage: 'both' },
  guest_common_default_leaves: { guests: 'all', stage: 'default' },
  calculate_pv_max_policy: { guests: 'pv', stage: 'max' },
  calculate_pv_def_policy: { guests: 'pv', stage: 'default' },
  calculate_hvm_max_policy: { guests: 'hvm', stage: 'max' },
  calculate_hvm_def_policy: { guests: 'hvm', stage: 'default' },
  recalculate_cpuid_policy: { guests: 'all', stage: 'domain' },
  // It prepares every domain; what it changes of a feature is for the hardware domain.
  init_domain_cpuid_policy: { guests: 'dom0', stage: 'domain' },
  init_dom0_cpuid_policy: { guests: 'dom0', stage: 'domain' },
  guest_cpuid: { guests: 'all', stage: 'run-time' },
};

/** Functions that prepare the host’s own policy or parse options, and change nothing of a guest’s view. */
const OF_THE_HOST = new Set([
  'calculate_raw_policy',
  'calculate_raw_cpu_policy',
  'calculate_host_policy',
  'parse_xen_cpuid',
  'parse_dom0_cpuid',
  '_parse_xen_cpuid',
  '_parse_dom0_cpuid',
  'sanitise_featureset',
  'recalculate_misc',
  'recalculate_xstate',
  'recalculate_arch_lbr',
]);

const SET_CALLS = new Set(['__set_bit', 'set_bit']);
const CLEAR_CALLS = new Set(['__clear_bit', 'clear_bit']);

/** What happens to the bit that a name stands for, or undefined when it is only tested. */
function actionAt(file: CFile, node: Node): Adjustment['action'] | undefined {
  for (let at = node, parent = node.parent; parent !== null; at = parent, parent = parent.parent) {
    if (parent.type === 'call_expression') {
      const callee = parent.childForFieldName('function')?.text ?? '';
      if (SET_CALLS.has(callee)) return 'set';
      if (CLEAR_CALLS.has(callee)) return 'clear';
      if (callee !== 'cpufeat_mask' && callee !== 'cpufeat_bit') return undefined;
    }
    if (parent.type === 'assignment_expression') {
      if (!(parent.childForFieldName('right')?.equals(at) ?? false)) return undefined;
      const operator = parent.childForFieldName('operator')?.type;
      const right = file.masked.slice(at.startIndex, at.endIndex);
      if (operator === '&=') return right.includes('~') ? 'clear' : undefined;
      if (operator === '|=') return /[^&]&[^&]/.test(right) ? 'copy' : 'set';
      return undefined;
    }
    if (/statement$/.test(parent.type)) return undefined;
  }
  return undefined;
}

/** Functions, macros, bare variables and fields of policies that a condition names. */
const NAMED_IN_CONDITION =
  /\b[A-Za-z_]\w+(?=\()|\b(?:X86_\w+|opt_\w+|cpu_has\w+)\b|\b\w+_cpu_policy\.[\w.]+|^\w+$/g;

/** The policy that a domain’s is cut down to: that there is one decides nothing. */
const IMMATERIAL = new Set(['max']);

/** The vendor of the `case` around a node, where the statements of a `switch` are parted by vendor. */
function vendorAt(node: Node): string[] {
  for (let at: Node = node; at.parent !== null; at = at.parent) {
    if (at.parent.parent?.type !== 'switch_statement') continue;
    let label: Node | null = at;
    while (label !== null && label.type !== 'case_statement') label = label.previousNamedSibling;
    const value = label?.childForFieldName('value')?.text ?? '';
    return value.startsWith('X86_VENDOR_') ? [value] : [];
  }
  return [];
}

/** Names in the conditions, each once, in order; `!` where the condition must not hold. */
function gatesAt(file: CFile, node: Node): string[] {
  const names = guardsAt(file, node).flatMap(({ text, holds }) =>
    (text.match(NAMED_IN_CONDITION) ?? [])
      .filter((name) => !IMMATERIAL.has(name))
      .map((name) => (holds ? name : `!${name}`)),
  );
  return [...new Set([...vendorAt(node), ...names])];
}

/** Special features by the word that holds them, such as `FEATURESET_7b0`. */
export type SpecialFeatures = ReadonlyMap<string, readonly string[]>;

/** Adjustments of a file, in source order, and the functions that adjust and are not known. */
export function readAdjustments(
  reader: CReader,
  file: CFile,
  features: ReadonlySet<string>,
  special: SpecialFeatures = new Map(),
): {
  readonly adjustments: readonly Adjustment[];
  readonly unknown: readonly { symbol: string; line: number }[];
} {
  const adjustments: Adjustment[] = [];
  const unknown: { symbol: string; line: number }[] = [];
  const byField = new Map([...features].map((name) => [name.toLowerCase(), name]));
  for (const symbol of new Set(file.functions.map(({ name }) => name))) {
    if (OF_THE_HOST.has(symbol)) continue;
    const scope = SCOPES[symbol];
    const found = reader
      .visitFunction(file, symbol, (definition) => [
        ...namedBits(file, definition, features),
        ...assignedFields(file, definition, byField),
        ...specialBits(file, definition, special),
      ])
      .flat();
    if (scope === undefined) {
      unknown.push(...found.slice(0, 1).map(({ line }) => ({ symbol, line })));
      continue;
    }
    adjustments.push(...found.map((one) => ({ ...one, path: file.path, symbol, ...scope })));
  }
  return { adjustments, unknown };
}

type Place = Pick<Adjustment, 'name' | 'line' | 'action' | 'gates'>;

/** `X86_FEATURE_…` in calls and masks that change a bit. */
function namedBits(file: CFile, definition: Node, features: ReadonlySet<string>): Place[] {
  return definition.descendantsOfType('identifier').flatMap((node) => {
    const name = /^X86_FEATURE_(\w+)$/.exec(node.text)?.[1];
    if (name === undefined || !features.has(name)) return [];
    const action = actionAt(file, node);
    if (action === undefined) return [];
    return [{ name, line: node.startPosition.row + 1, action, gates: gatesAt(file, node) }];
  });
}

/** `special_features[FEATURESET_7b0]` in masks that change every special bit of a word. */
function specialBits(file: CFile, definition: Node, special: SpecialFeatures): Place[] {
  return definition.descendantsOfType('subscript_expression').flatMap((node) => {
    const word = /^special_features\[(\w+)\]$/.exec(node.text)?.[1];
    const action = word === undefined ? undefined : actionAt(file, node);
    if (word === undefined || action === undefined) return [];
    const line = node.startPosition.row + 1;
    const gates = gatesAt(file, node);
    return (special.get(word) ?? []).map((name) => ({ name, line, action, gates }));
  });
}

/** What a value gives a bit, or undefined where it is no constant and not the host’s. */
function actionOf(value: string): Adjustment['action'] | undefined {
  if (/^(?:true|1)$/.test(value)) return 'set';
  if (/^(?:false|0)$/.test(value)) return 'clear';
  return /^cpu_has_\w+$/.test(value) ? 'copy' : undefined;
}

/** `p->extd.itsc = true`: a field of the policy that is named like a feature. */
function assignedFields(
  file: CFile,
  definition: Node,
  byField: ReadonlyMap<string, string>,
): Place[] {
  return definition.descendantsOfType('assignment_expression').flatMap((node) => {
    const left = node.childForFieldName('left')?.text ?? '';
    const right = node.childForFieldName('right')?.text ?? '';
    const name = byField.get(
      /^\w+->(?:basic|feat|extd|xstate|arch_caps)\.(\w+)$/.exec(left)?.[1] ?? '',
    );
    const action = actionOf(right);
    if (name === undefined || action === undefined) return [];
    return [{ name, line: node.startPosition.row + 1, action, gates: gatesAt(file, node) }];
  });
}
