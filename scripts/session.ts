import type { Ora } from 'ora';
import { hasErrors, type Problem } from './problems/problem.ts';
import { type ReportFormat, renderProblems } from './problems/report.ts';

export interface SessionOptions {
  readonly json?: true;
  readonly report: ReportFormat;
}

/** What is going on is said to who watches; a run that nobody watches does not wait for the spinner to be loaded. */
const ora = process.stderr.isTTY ? (await import('ora')).default : null;

/** One run of a verb: says what is going on when somebody watches, and reports at the end. */
export class Session {
  readonly #format: ReportFormat;
  readonly #spinner: Ora | null;

  constructor({ json, report }: SessionOptions) {
    this.#format = json === true ? 'json' : report;
    this.#spinner = this.#format === 'json' ? null : (ora?.({ stream: process.stderr }) ?? null);
  }

  readonly say = (text: string): void => {
    this.#spinner?.start(text);
  };

  /**
   * Prints the problems, and a sentence about what was done or, as JSON, the summary. The exit code is 1 when one of
   * the problems is an error.
   */
  end(
    problems: readonly Problem[],
    summary: Readonly<Record<string, unknown>>,
    sentence: string,
  ): void {
    this.#spinner?.stop();
    process.exitCode = hasErrors(problems) ? 1 : 0;
    const report = renderProblems(problems, this.#format);
    if (this.#format === 'json') {
      const whole = { ...summary, problems: JSON.parse(report) };
      process.stdout.write(`${JSON.stringify(whole, null, 2)}\n`);
      return;
    }
    process.stderr.write(report);
    process.stdout.write(`${sentence}\n`);
  }
}
