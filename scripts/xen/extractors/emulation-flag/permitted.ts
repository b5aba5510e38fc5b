/**
 * What `emulation_flags_ok()` permits, in either of its shapes: a table of configurations (4.21 on), or a chain of
 * `if`s that returns false (before). Both are read into the same value: the sets of flags that a kind of domain may have.
 */
import type { Node } from 'web-tree-sitter';
import type { CFile } from '../../c-file.ts';
import type { CReader } from '../../c-reader.ts';
import { type Guard, guardsAt } from '../../calls.ts';
import { type Environment, ExpressionError, evaluate, parseExpression } from '../../expression.ts';

/** A configuration that Xen permits: `min` must be set, `opt` may be. */
export interface Configuration {
  readonly pv: boolean;
  readonly hardwareDomain: boolean;
  readonly min: bigint;
  readonly opt: bigint;
}

const FUNCTION = 'emulation_flags_ok';

interface TableRow {
  readonly caps: bigint;
  readonly min: bigint;
  readonly opt: bigint;
}

const CAPS = { CAP_PV: 1n, CAP_HVM: 2n, CAP_HWDOM: 4n, CAP_DOMU: 8n } as const;

function isCap(name: string): name is keyof typeof CAPS {
  return name in CAPS;
}

/** Rows of the table of configurations, or none when the function has no table. */
function readTable(file: CFile, definition: Node, flags: Environment): TableRow[] {
  const environment: Environment = {
    ...flags,
    name: (name) => (isCap(name) ? CAPS[name] : flags.name(name)),
  };
  const value = (row: Node, field: string) => {
    const pair = row.namedChildren.find(
      (child) =>
        child.type === 'initializer_pair' &&
        child.childForFieldName('designator')?.text === `.${field}`,
    );
    const expression = pair?.childForFieldName('value');
    if (expression === null || expression === undefined) return 0n;
    const text = file.text.slice(expression.startIndex, expression.endIndex);
    return evaluate(parseExpression(text), environment);
  };
  return definition
    .descendantsOfType('initializer_list')
    .filter((node) => node.namedChildren.some((child) => child.text.startsWith('.caps')))
    .map((row) => ({ caps: value(row, 'caps'), min: value(row, 'min'), opt: value(row, 'opt') }));
}

/** The configurations of a table row, one for each kind of domain that its capabilities name. */
function fromRow({ caps, min, opt }: TableRow): Configuration[] {
  return [true, false].flatMap((pv) =>
    [true, false]
      .filter((hardwareDomain) => {
        const wanted =
          (pv ? CAPS.CAP_PV : CAPS.CAP_HVM) | (hardwareDomain ? CAPS.CAP_HWDOM : CAPS.CAP_DOMU);
        return (caps & wanted) === wanted;
      })
      .map((hardwareDomain) => ({ pv, hardwareDomain, min, opt })),
  );
}

interface Return {
  readonly result: boolean;
  readonly guards: readonly Guard[];
}

function readReturns(file: CFile, definition: Node): Return[] {
  return definition.descendantsOfType('return_statement').map((node) => ({
    result: node.namedChild(0)?.text === 'true',
    guards: guardsAt(file, node),
  }));
}

/** Sets of flags that differ in single bits belong to one configuration; the bits that differ are optional. */
function cluster(sets: readonly bigint[]): { min: bigint; opt: bigint }[] {
  const left = new Set(sets);
  const clusters: { min: bigint; opt: bigint }[] = [];
  for (const first of sets) {
    if (!left.delete(first)) continue;
    const members = [first];
    for (const member of members) {
      for (const other of [...left]) {
        const difference = member ^ other;
        if ((difference & (difference - 1n)) === 0n) {
          left.delete(other);
          members.push(other);
        }
      }
    }
    const min = members.reduce((all, set) => all & set);
    clusters.push({ min, opt: members.reduce((all, set) => all | set) & ~min });
  }
  return clusters;
}

/** More flags than this are too many sets to try. */
const MOST_FLAGS = 20n;

/** Tries every set of flags against the chain of returns. `all` is the mask of all flags. */
function fromReturns(returns: readonly Return[], flags: Environment, all: bigint): Configuration[] {
  if (all >> MOST_FLAGS !== 0n) throw new ExpressionError(`flags up to 0x${all.toString(16)}`);
  const parsed = returns.map(({ result, guards }) => ({
    result,
    guards: guards.map(({ text, holds }) => ({ expression: parseExpression(text), holds })),
  }));
  const permits = (pv: boolean, hardwareDomain: boolean, set: bigint) => {
    const environment: Environment = {
      name: (name) => (name === 'emflags' ? set : name === 'd' ? 1n : flags.name(name)),
      call: (name) => {
        if (name === 'is_hvm_domain') return pv ? 0n : 1n;
        if (name === 'is_pv_domain') return pv ? 1n : 0n;
        return name === 'is_hardware_domain' ? (hardwareDomain ? 1n : 0n) : undefined;
      },
    };
    return (
      parsed.find(({ guards }) =>
        guards.every(
          ({ expression, holds }) => (evaluate(expression, environment) !== 0n) === holds,
        ),
      )?.result ?? false
    );
  };
  return [true, false].flatMap((pv) =>
    [true, false].flatMap((hardwareDomain) => {
      const sets: bigint[] = [];
      for (let set = 0n; set <= all; set += 1n) {
        if ((set & ~all) === 0n && permits(pv, hardwareDomain, set)) sets.push(set);
      }
      return cluster(sets).map((configuration) => ({ pv, hardwareDomain, ...configuration }));
    }),
  );
}

/** Every configuration that the function permits. Empty when it has neither shape. */
export function readConfigurations(
  reader: CReader,
  file: CFile,
  flags: Environment,
  all: bigint,
): Configuration[] {
  const [configurations = []] = reader.visitFunction(file, FUNCTION, (definition) => {
    const rows = readTable(file, definition, flags);
    return rows.length > 0
      ? rows.flatMap(fromRow)
      : fromReturns(readReturns(file, definition), flags, all);
  });
  return configurations;
}
