/** Assignments to fields of controls, with what guards them. */
import type { Node } from 'web-tree-sitter';
import type { CFile } from '../../c-file.ts';
import type { CReader } from '../../c-reader.ts';
import { type Guard, guardsAt } from '../../calls.ts';

export interface Assignment {
  /** Last name of the target: `exec_control` for `v->arch.hvm.vmx.exec_control`. */
  readonly field: string;
  readonly operator: string;
  /** Value as in the source, white space folded. */
  readonly value: string;
  readonly guards: readonly Guard[];
}

function fieldOf(target: Node): string {
  return target.childForFieldName('field')?.text ?? target.text;
}

/** A failure leaves the function, so that what follows is unconditional for every vCPU that exists. */
function isFailure({ text }: Guard): boolean {
  return /==\s*NULL$/.test(text);
}

/** Every assignment in the definitions of a function, in source order. */
export function readAssignments(reader: CReader, file: CFile, symbol: string): Assignment[] {
  return reader
    .visitFunction(file, symbol, (definition) =>
      definition.descendantsOfType('assignment_expression').flatMap((node): Assignment[] => {
        const left = node?.childForFieldName('left');
        const right = node?.childForFieldName('right');
        const operator = node?.childForFieldName('operator')?.text;
        if (!node || !left || !right || operator === undefined) return [];
        return [
          {
            field: fieldOf(left),
            operator,
            value: file.text.slice(right.startIndex, right.endIndex).replace(/\s+/g, ' '),
            guards: guardsAt(file, node).filter((guard) => !isFailure(guard)),
          },
        ];
      }),
    )
    .flat();
}

/** A field as its last name, a call as its function: `vtsc` for `d->arch.vtsc`. */
function shortened(text: string): string {
  return text.replace(/\b(?:\w+(?:->|\.))+/g, '').replace(/(?<=\w)\([\w, ]*\)/g, '');
}

/**
 * A guard by its name, with `!` where it must not hold: a predicate, a field, or the constant that a field is masked
 * with. Another condition is given as what it depends on.
 */
export function namedGuard({ text, holds }: Guard): string {
  const short = shortened(text);
  const [, name] = /^(?:\w+ & )?(\w+)$/.exec(short) ?? [];
  if (name !== undefined) return holds ? name : `!${name}`;
  const names = [...new Set(short.match(/\b[A-Za-z_]\w*/g) ?? [])];
  const constants = names.filter((candidate) => /^[A-Z]/.test(candidate));
  return `depends on ${(constants.length > 0 ? constants : names).join(', ')}`;
}
