/** Which operations a wrapper for HVM callers lets through: the labels of its switch, by what it does with them. */
import type { Node } from 'web-tree-sitter';
import type { CFile } from '../../c-file.ts';
import type { CReader } from '../../c-reader.ts';
import { guardsAt } from '../../calls.ts';

export interface Operations {
  readonly gate: string;
  readonly allowed: readonly string[];
  readonly refused: readonly string[];
}

interface Label {
  /** Null for `default`. */
  readonly name: string | null;
  readonly refuses: boolean;
}

/** Whether the statements of a case leave with an error whatever the caller is; returning a call’s result is none. */
function leavesAlways(statements: readonly Node[]): boolean {
  return statements.some((statement) => {
    if (statement.type === 'goto_statement') return true;
    return statement.type === 'return_statement' && !/^\w+\(/.test(returned(statement));
  });
}

function returned(statement: Node): string {
  return statement.namedChild(0)?.text ?? '';
}

/** Labels of a switch; labels that share a body nest, the innermost has the statements. */
function labelsOf(file: CFile, body: Node): Label[] {
  const pending: (string | null)[] = [];
  const labels: Label[] = [];
  const visit = (node: Node) => {
    const value = node.childForFieldName('value');
    pending.push(value === null ? null : file.text.slice(value.startIndex, value.endIndex));
    const rest = node.namedChildren.filter(
      (child) => child.type !== 'comment' && !(value?.equals(child) ?? false),
    );
    const nested = rest.find((child) => child.type === 'case_statement');
    const own = rest.filter((child) => child.type !== 'case_statement');
    if (own.length > 0) {
      const refuses = leavesAlways(own);
      labels.push(...pending.splice(0).map((name) => ({ name, refuses })));
    }
    if (nested !== undefined) visit(nested);
  };
  for (const child of body.namedChildren) if (child.type === 'case_statement') visit(child);
  return labels;
}

/**
 * Reads the first switch of a function that decides by operation; with `onlyHvm`, the first one that stands under
 * `is_hvm_domain()`. Null when the function has none.
 */
export function readOperations(
  reader: CReader,
  file: CFile,
  name: string,
  onlyHvm: boolean,
): Operations | null {
  const [operations = null] = reader.visitFunction(file, name, (definition) => {
    const found = definition
      .descendantsOfType('switch_statement')
      .find(
        (node) =>
          !onlyHvm ||
          guardsAt(file, node).some(
            ({ text, holds }) => holds && text.startsWith('is_hvm_domain('),
          ),
      );
    const body = found?.childForFieldName('body');
    if (body === null || body === undefined) return null;
    const labels = labelsOf(file, body);
    const names = (refuses: boolean) =>
      labels
        .flatMap((label) => (label.name !== null && label.refuses === refuses ? [label.name] : []))
        .sort();
    return { gate: name, allowed: names(false), refused: names(true) };
  });
  return operations;
}
