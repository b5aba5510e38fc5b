/** One example of each kind of problem, for docs/problems.md. A kind without an example does not compile. */
import type { ProblemKind } from './kinds.ts';
import type { Place, Problem } from './problem.ts';

type Example = Place & Pick<Problem, 'actual' | 'expected' | 'repair'>;

const ROW = 'content/features/time/pit.md';
const PIT = 'xen/arch/x86/emul-i8254.c';

export const PROBLEM_EXAMPLES: Readonly<Record<ProblemKind, Example>> = {
  'construct-missing': {
    path: 'xen/include/hypercall-defs.c',
    actual: 'no `table:` section',
    expected: 'the table of hypercalls',
  },
  'construct-unread': {
    path: 'xen/arch/x86/pv/emul-priv-op.c',
    line: 990,
    actual: 'a label or switch that is not understood',
    expected: 'opcodes, or ModRM told apart for one opcode, in `validate`',
  },
  'construct-unknown': {
    path: PIT,
    line: 640,
    actual: 'a port handler `handle_wheel_io`',
    expected: 'an entry that says what it means',
  },
  'count-low': {
    path: 'facts/hypercall',
    actual: '3 facts that were there and are not any more',
    expected: 'the tree to yield them',
    repair: 'Read what vanished; the difference is written, and `git diff` shows it.',
  },
  'measurement-broken': {
    path: 'measurement of 4.17/pv-dom0',
    actual: 'no report of 12 probes',
    expected: 'a line for every probe that the guest can run',
  },
  'parse-error': {
    path: PIT,
    line: 120,
    actual: 'a parse error inside `pit_load_count`',
    expected: 'a function that the parser understands',
  },
  'parse-uncovered': {
    path: PIT,
    line: 120,
    actual: 'a function body that no parsed function covers',
    expected: 'every function parsed',
  },
  'tree-unusable': {
    path: 'nowhere',
    actual: 'no such folder',
    expected: 'the root of a Xen source tree',
  },
  'entry-unreadable': {
    path: ROW,
    line: 1,
    column: 1,
    actual: 'text without front matter',
    expected: 'a first line of `---`, YAML, and a closing line of `---`',
  },
  'entry-schema': {
    path: ROW,
    line: 7,
    column: 12,
    actual: '`emulatd` at `guests.hvm.0.how`',
    expected:
      'one of `native`, `hardware`, `emulated`, `paravirtualized`, `mediated`, `passthrough`, `refused`, `absent`, `exposed`, `opt-in`, `restricted`, `hidden`, `unknown`; the nearest is `emulated`',
  },
  'entry-id': {
    path: 'content/features/time/pitt.md',
    actual: 'no file where the entry says that it stands',
    expected: 'a file name that is the id',
  },
  'entry-name': {
    path: 'content/features/interupts/pic.md',
    actual: 'area `interupts`',
    expected:
      'one of cpu, msr, memory, interrupts, time, devices, boot, platform, arm; the nearest is `interrupts`',
  },
  'entry-exists': {
    path: ROW,
    actual: 'an entry of that id',
    expected: 'an id that no entry has',
  },
  'id-lost': {
    path: 'content/published.yml',
    actual: 'no entry `features/time/pit`, which was published',
    expected: 'the entry, or where it stands now',
    repair: 'Add `{ from: features/time/pit, to: … }` to content/redirects.yml.',
  },
  'entry-stale': {
    path: 'content/facts/io-port/pit.md',
    actual: 'a file that differs',
    expected: 'what the sources yield',
    repair: 'npm run atlas -- extract --tree path/to/xen',
  },
  'reference-unknown': {
    path: ROW,
    actual: '`facts/io-port/pitt`',
    expected: 'a fact; the nearest is `facts/io-port/pit`',
  },
  'evidence-gone': {
    path: ROW,
    actual: 'nothing at `pit_init` in xen/arch/x86/emul-i8254.c',
    expected: 'the symbol in the tree',
  },
  'evidence-changed': {
    path: ROW,
    actual: 'another text at `pit_init`, line 647',
    expected: 'the text of the fingerprint',
  },
  'exception-outdated': {
    path: 'content/exceptions.yml',
    actual: 'a text that changed again (xen/arch/x86/emul-i8254.c `pit_init`)',
    expected: 'the text that was reviewed',
    repair: 'Remove the exception, or review it anew.',
  },
  'evidence-index': {
    path: ROW,
    actual: 'evidence 9 at `guests.hvm.0`',
    expected: 'a number from 0 to 4',
  },
  'evidence-none': {
    path: ROW,
    actual: 'no evidence at `guests.hvm.0`',
    expected: 'at least one number',
  },
  contradiction: {
    path: ROW,
    actual: '`guests.pvh`: emulated by default',
    expected: 'absent, as in facts/emulation-flag/pit',
  },
  'symbol-unknown': {
    path: ROW,
    line: 90,
    column: 5,
    actual: '`pit_initt`',
    expected: 'a name that the Atlas knows; the nearest is `pit_init`',
  },
  'search-unbuilt': {
    path: 'dist',
    actual: 'no pages',
    expected: 'a built site',
    repair: 'Run `npm run build`.',
  },
  'site-unbuilt': {
    path: 'dist',
    actual: 'no pages',
    expected: 'a built site',
    repair: 'Run `npm run build`.',
  },
  'mail-unreadable': {
    path: 'list.mbox',
    line: 4711,
    actual: 'a message without a header',
    expected: 'header lines, an empty line and a text',
  },
  'mail-incomplete': {
    path: 'list.mbox',
    line: 4711,
    actual: 'no date',
    expected: 'a header `Date`',
  },
  'mail-duplicate': {
    path: 'list.mbox',
    line: 4711,
    actual: 'a second message with the same id',
    expected: 'each id once; the one at list.mbox:12 is kept',
  },
  'mail-loop': {
    path: 'list.mbox',
    line: 4711,
    actual: 'a message as parent of its own ancestor',
    expected: 'references without a circle',
  },
  'thread-joined': {
    path: 'threads/2019-08-wheels.md',
    actual: 'messages that belong to `2019-08-memory-layout`',
    expected: 'each message in one thread',
  },
  'archive-unusable': {
    path: 'list.zip',
    actual: 'a file of another kind',
    expected: 'an mbox, a message or a page of an archive',
  },
  'privacy-address': { path: ROW, line: 90, actual: 'an e-mail address', expected: 'a name' },
  'xl-syntax': {
    path: 'guest.cfg',
    line: 3,
    actual: '`"root` without an end',
    expected: 'a quote on the same line',
  },
  'xl-duplicate': {
    path: 'guest.cfg',
    line: 9,
    actual: '`memory` again, after line 8',
    expected: 'each key once: xl takes the last one',
  },
  'xl-key-unknown': {
    path: 'guest.cfg',
    line: 4,
    actual: 'the key `memroy`',
    expected: 'a key that xl reads: it ignores others; the nearest is `memory`',
  },
  'xl-key-ignored': {
    path: 'guest.cfg',
    line: 5,
    actual: '`hpet` for a PVH guest',
    expected: 'it for HVM guests only: it changes nothing here',
  },
  'xl-value': {
    path: 'guest.cfg',
    line: 2,
    actual: '`phv` for `type`',
    expected: 'one of `hvm`, `pv`, `pvh`; the nearest is `pvh`',
  },
  'xl-refused': {
    path: 'guest.cfg',
    actual: '`builder` and `type` that contradict each other',
    expected: '`type` alone',
  },
};
