/** What verbs are declared with. */
import { resolve } from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { isRelease } from '../../src/model/release.ts';
import { here, ROOT } from '../open-tree.ts';
import { REPORT_FORMATS } from '../problems/report.ts';
import type { SessionOptions } from '../session.ts';
import type { TreeOptions } from '../xen/tree-source.ts';

export type TreeVerbOptions = SessionOptions & TreeOptions;

/** Adds a verb to the program, to its end. */
export type DeclareVerb = (program: Command) => void;

/** An argument that is a release. */
export function release(text: string): string {
  if (!isRelease(text)) throw new InvalidArgumentError('A release is written like 4.22.0.');
  return text;
}

/** A verb without options of its own. */
export function verb(program: Command, name: string, description: string): Command {
  return program
    .command(name)
    .description(description)
    .option('--json', 'print the result and all problems as JSON')
    .addOption(
      new Option('--report <format>', 'how problems are printed')
        .choices(REPORT_FORMATS)
        .default(process.env['GITHUB_ACTIONS'] === 'true' ? 'github' : 'text'),
    );
}

/** A verb that reads a tree. */
export function treeVerb(program: Command, name: string, description: string): Command {
  return verb(program, name, description)
    .option('--tree <dir>', 'a Xen work tree')
    .addOption(new Option('--git <repository>', 'a clone of Xen, bare or not').conflicts('tree'))
    .option('--release <release>', 'the release to read with --git', release);
}

/** The default of `--content` is that of the project; another folder is one of the caller’s. */
export function contentFolder(content: string): string {
  return content === 'content' ? resolve(ROOT, content) : here(content);
}
