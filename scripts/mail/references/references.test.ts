import { describe, expect, it } from 'vitest';
import { nameTable } from '../../xen/name-table.ts';
import type { Definition, TreeNames } from '../../xen/tree-names.ts';
import { parseBody } from '../body.ts';
import { expandAlternatives } from './alternatives.ts';
import { cleanPath } from './files.ts';
import { findReferences } from './find-references.ts';
import { Past, pastRelease } from './past.ts';
import { indexPaths } from './path-index.ts';
import { compareReferences, type Lookup, namesInPatches, resolveReferences } from './resolve.ts';
import { identifiersOf, settleFound } from './settle.ts';

const at = (path: string, kind: Definition['kind'] = 'function'): Definition[] => [
  { path, line: 1, kind },
];

/** A tree written for the test. */
const NAMES: TreeNames = {
  release: '4.22.0',
  commit: null,
  paths: new Set([
    'docs/man/xl.cfg.5.pod.in',
    'xen/arch/x86/engine.c',
    'xen/arch/x86/engine/engine.c',
    'xen/arch/x86/pv/wheel.c',
    'xen/arch/x86/hvm/wheel-hvm.c',
    'xen/common/gear/new-name.c',
    'tools/libs/light/wheel.c',
  ]),
  symbols: new Map([
    ['turn_wheel', at('xen/arch/x86/pv/wheel.c')],
    ['stop_wheel', [...at('xen/arch/x86/pv/wheel.c'), ...at('xen/arch/arm/wheel.c')]],
    ['both_wheels', [...at('xen/arch/x86/pv/wheel.c'), ...at('xen/arch/x86/hvm/wheel-hvm.c')]],
    ['wheel_read', at('xen/arch/x86/pv/wheel.c')],
    ['wheel_write', at('xen/arch/x86/pv/wheel.c')],
    ['ASSERT', at('xen/include/xen/lib.h', 'macro')],
    ['XEN_WHEEL_A', at('xen/include/public/wheel.h', 'macro')],
    ['XEN_WHEEL_B', at('xen/include/public/wheel.h', 'macro')],
    ['SCHEDOP_spin', at('xen/include/public/sched.h', 'macro')],
    ['__HYPERVISOR_wheel_op', at('xen/include/public/xen.h', 'macro')],
    ['MSR_STAR', at('xen/arch/x86/include/asm/msr-index.h', 'macro')],
  ]),
};

/** A release before it. */
const BEFORE: TreeNames = {
  release: '4.12.0',
  commit: null,
  paths: new Set([
    'xen/common/old_name.c',
    'xen/arch/x86/hub.c',
    'xen/arch/x86/wheels.c',
    'xen/common/removed.c',
  ]),
  symbols: new Map([
    ['turn_wheel', at('xen/arch/x86/wheels.c')],
    ['wheel_of_old', at('xen/arch/x86/wheels.c')],
    ['stop_wheel', at('xen/arch/x86/pv/wheel.c')],
  ]),
};

const history = new Map([
  ['xen/common/old_name.c', 'xen/common/gear/middle.c'],
  ['xen/common/gear/middle.c', 'xen/common/gear/new-name.c'],
  ['xen/common/removed.c', null],
  ['xen/arch/x86/hub.c', null],
]);

const names = nameTable(NAMES);

const LOOKUP: Lookup = {
  names,
  paths: indexPaths(NAMES.paths, history),
  commits: ['0123456789abcdef0123456789abcdef01234567', 'f'.repeat(40)],
  past: new Past([pastRelease({ ...names, release: '4.20.0' }, '2025-03-04')]),
};

function resolved(text: string, lookup: Lookup, date: string | null) {
  const found = settleFound(findReferences(parseBody(text)), {
    has: (name) =>
      names.functions.has(name) || names.others.has(name) || lookup.past.hasName(date, name, false),
    isFunction: (name) => names.functions.has(name) || lookup.past.hasName(date, name, true),
  });
  const former = new Set([...namesInPatches(found), 'wheel_of_old']);
  return resolveReferences(found, lookup, { former, named: [], date }).sort(compareReferences);
}

/** `where kind written → state path symbol` of each reference. */
function read(text: string): string[] {
  return resolved(text, LOOKUP, null).map(
    ({ where, kind, written, state, path, symbol }) =>
      `${where} ${kind} ${written} → ${[state, path, symbol].filter((x) => x !== null).join(' ')}`,
  );
}

describe('files', () => {
  it.each([
    ['xen/arch/x86/pv/wheel.c', 'same xen/arch/x86/pv/wheel.c'],
    ['arch/x86/pv/wheel.c', 'same xen/arch/x86/pv/wheel.c'],
    ['pv/wheel.c:278', 'same xen/arch/x86/pv/wheel.c'],
    ['wheel-hvm.c', 'same xen/arch/x86/hvm/wheel-hvm.c'],
    ['engine.c', 'same'],
    ['xen/arch/x86/wheel-hvm.c', 'moved xen/arch/x86/hvm/wheel-hvm.c'],
    ['old_name.c:12', 'moved xen/common/gear/new-name.c'],
    ['common/removed.c', 'gone'],
    ['never.c', 'unresolved'],
    ['drivers/xen/events.c', 'not-xen'],
  ])('resolves %s', (written, expected) => {
    expect(read(`See ${written}.`)).toEqual([`own file ${written} → ${expected}`]);
  });

  it('takes an ambiguous name for the one that was named in full before', () => {
    expect(read('In arch/x86/engine/engine.c. Again engine.c')).toContain(
      'own file engine.c → same xen/arch/x86/engine/engine.c',
    );
  });

  it.each([
    ['...are/build/xen-root/xen/include/xen/a.h:278', 'xen/include/xen/a.h:278'],
    ['/home/ada/xen/xen/arch/x86/a.c', 'xen/arch/x86/a.c'],
    ['b/xen/common/a.c', 'xen/common/a.c'],
    ['xen/arch/x86/Kconfig', 'xen/arch/x86/Kconfig'],
    ['a.c.', 'a.c'],
  ])('cleans %s', (token, path) => {
    expect(cleanPath(token)).toBe(path);
  });

  it.each(['/usr/include/linux/kvm.h', 'U.S', 'e.g.', 'x86/pv', '4.22.0', '.c', 'xen.org'])(
    'takes %s for no file',
    (token) => {
      expect(cleanPath(token)).toBeUndefined();
    },
  );

  it('reads both paths of a rename in a list of changed files', () => {
    expect(read('xen/{common/old_name.c => arch/x86/engine.c} | 2 +-')).toEqual([
      'own file xen/arch/x86/engine.c → same xen/arch/x86/engine.c',
      'own file xen/common/old_name.c → moved xen/common/gear/new-name.c',
    ]);
  });

  it('reads no file and no name out of a link or an address', () => {
    expect(read('https://example.org/a/wheel.c?turn_wheel() turn_wheel@example.c')).toEqual([]);
  });
});

describe('names', () => {
  it.each([
    ['turn_wheel() may fail', 'function turn_wheel → same xen/arch/x86/pv/wheel.c turn_wheel'],
    ['turn_wheel may fail', 'function turn_wheel → same xen/arch/x86/pv/wheel.c turn_wheel'],
    ['call stop_wheel(x)', 'function stop_wheel → same xen/arch/x86/pv/wheel.c stop_wheel'],
    ['both_wheels()', 'function both_wheels → same both_wheels'],
    ['_lost_wheel()', 'function _lost_wheel → unresolved'],
    ['wheel_of_old()', 'function wheel_of_old → gone'],
    ['with iopl() set', 'function iopl → not-xen'],
    ['an ASSERT() here', 'macro ASSERT → same xen/include/xen/lib.h ASSERT'],
    ['XEN_WHEEL_* flags', 'macro XEN_WHEEL_* → same xen/include/public/wheel.h'],
    ['SCHEDOP_spin', 'hypercall SCHEDOP_spin → same xen/include/public/sched.h SCHEDOP_spin'],
    [
      'the wheel_op call',
      'hypercall wheel_op → same xen/include/public/xen.h __HYPERVISOR_wheel_op',
    ],
    ['MSR_STAR', 'msr MSR_STAR → same xen/arch/x86/include/asm/msr-index.h MSR_STAR'],
  ])('finds %j', (text, expected) => {
    expect(read(text)).toEqual([`own ${expected}`]);
  });

  it.each([
    'if (x)',
    'the guest(s)',
    'xl(1)',
    'PV(H)',
    'v->turn_wheel(x)',
    'a local_name',
    'CONFIG_WHEEL',
  ])('finds nothing in %j', (text) => {
    expect(read(text)).toEqual([]);
  });

  it('lets a short form stand for each of its names', () => {
    expect(read('wheel_{read,write}()')).toEqual([
      'own function wheel_{read,write}() → same xen/arch/x86/pv/wheel.c wheel_read',
      'own function wheel_{read,write}() → same xen/arch/x86/pv/wheel.c wheel_write',
    ]);
    expect(read('pv/{wheel,gone}.c')).toHaveLength(2);
    expect(expandAlternatives('a_{b,c}_{d,}()')).toEqual(['a_b_d', 'a_b_', 'a_c_d', 'a_c_']);
    expect(expandAlternatives('x.[ch]')).toEqual(['x.c', 'x.h']);
    expect(expandAlternatives('{a,b}'.repeat(20))).toHaveLength(16);
  });
});

describe('numbers', () => {
  it.each([
    ['commit 0123456789ab', 'commit 0123456789ab → same'],
    ['Fixes: abcdef012345 ("x")', 'commit abcdef012345 → unresolved'],
    ['XSA-204', 'xsa XSA-204 → not-xen'],
    ['xsa 7', 'xsa XSA-7 → not-xen'],
    ['port 92h', 'port 92h → not-xen'],
    ['hpet = true', 'xl-option hpet → same docs/man/xl.cfg.5.pod.in'],
    ['port 0x61', 'port 0x61 → not-xen'],
    ['CPUID leaf 0x40000000', 'cpuid 0x40000000 → not-xen'],
    ['MSR 0xc0000080', 'msr 0xc0000080 → not-xen'],
    ['hpet=0', 'xl-option hpet → same docs/man/xl.cfg.5.pod.in'],
  ])('finds %j', (text, expected) => {
    expect(read(text)).toEqual([`own ${expected}`]);
  });

  it('parts a list of advisories', () => {
    expect(read('XSAs 155 and 156')).toHaveLength(2);
  });

  it('takes a bare number for nothing', () => {
    expect(read('0x66 is a prefix; ffff83018e315ec8, since 012345678 (2006)')).toEqual([]);
  });
});

const PATCH = `turn_wheel() now stops.

---
 xen/arch/x86/pv/wheel.c | 2 +-

diff --git a/xen/arch/x86/pv/wheel.c b/xen/arch/x86/pv/wheel.c
index 0123456..789abcd 100644
--- a/xen/arch/x86/pv/wheel.c
+++ b/xen/arch/x86/pv/wheel.c
@@ -1,2 +1,2 @@ static void around_it(void)
-    old_call("no_name() %d", x->field_call(local_word));
+    new_call(local_word);
 }
`;

describe('patches', () => {
  it('keeps a patch apart, and knows that what it takes away was there', () => {
    expect(read(PATCH)).toEqual([
      'own file xen/arch/x86/pv/wheel.c → same xen/arch/x86/pv/wheel.c',
      'own function turn_wheel → same xen/arch/x86/pv/wheel.c turn_wheel',
      'diff file xen/arch/x86/pv/wheel.c → same xen/arch/x86/pv/wheel.c',
      'diff function around_it → gone',
      'diff function new_call → unresolved',
      'diff function old_call → gone',
    ]);
  });

  it('counts the calls of a quoted patch as quotation', () => {
    const quoted = PATCH.replace(/^/gm, '> ');
    expect(read(quoted).every((line) => line.startsWith('quoted '))).toBe(true);
    expect(read(quoted)).toContain('quoted function old_call → gone');
  });

  it('takes no path with an address in it', () => {
    expect(read('diff --git a/x@y.c b/x@y.c\n--- a/x@y.c\n+++ /dev/null')).toEqual([]);
  });

  it('mends a name to which a mailer glued its type', () => {
    const fused = '> @@ -1 +1 @@ static intturn_wheel(x)';
    expect(read(`> --- a/x.c\n> +++ b/x.c\n${fused}`)).toContain(
      'quoted function turn_wheel → same xen/arch/x86/pv/wheel.c turn_wheel',
    );
  });

  it('mends it without a tree where a declaration has no type left', () => {
    expect(read('> static intlost_wheel(x)')).toEqual(['quoted function lost_wheel → unresolved']);
    expect(read('> see intlost_wheel(x)')).toEqual(['quoted function intlost_wheel → unresolved']);
  });

  it('knows the identifiers among references', () => {
    const found = findReferences(parseBody('turn_wheel() and lost_{a,b}(), XSA-1'));
    expect(identifiersOf(found)).toEqual(['lost_a', 'lost_b', 'turn_wheel']);
  });
});

describe('the release of the day', () => {
  const before = nameTable(BEFORE);
  const lookup: Lookup = {
    ...LOOKUP,
    past: new Past([
      pastRelease({ ...before, release: '4.13.0' }, '2019-12-17'),
      pastRelease(before, '2019-04-01'),
      pastRelease({ ...names, release: '4.14.0' }, '2020-07-23'),
    ]),
  };
  const first = (text: string, date: string) => resolved(text, lookup, date)[0];
  const day = '2019-08-22T00:00:00Z';

  it('tells what moved since, from what is where it was', () => {
    expect(first('turn_wheel()', day)).toMatchObject({
      state: 'moved',
      now: 'xen/arch/x86/pv/wheel.c',
      was: { release: '4.12.0', path: 'xen/arch/x86/wheels.c' },
    });
    expect(first('See old_name.c', day)).toMatchObject({
      state: 'moved',
      now: 'xen/common/gear/new-name.c',
      was: { release: '4.12.0', path: 'xen/common/old_name.c' },
    });
    expect(first('stop_wheel()', day)).toMatchObject({ state: 'same', symbol: 'stop_wheel' });
    expect(first('turn_wheel()', '2021-01-01T00:00:00Z')).toMatchObject({ state: 'same' });
  });

  it('tells since when something is gone', () => {
    const gone = { state: 'gone', since: '4.14.0' };
    expect(first('wheel_of_old()', day)).toMatchObject(gone);
    expect(first('hub.c:12', day)).toMatchObject(gone);
    expect(first('a wheel_of_old word', day)).toMatchObject(gone);
    expect(first('never_wheel()', day)).not.toHaveProperty('was');
  });

  it('takes a name of the release in work for one of the day', () => {
    expect(first('wheel_read()', '2020-01-05T00:00:00Z')?.was).toEqual({
      release: '4.14.0',
      path: 'xen/arch/x86/pv/wheel.c',
    });
  });
});

describe('hostile text', () => {
  it.each([
    ['one word', 'a'.repeat(1_000_000)],
    ['slashes', '/'.repeat(500_000)],
    ['dots', 'a.'.repeat(250_000)],
    ['braces', '{a,'.repeat(200_000)],
    ['calls', 'a_b('.repeat(100_000)],
    ['ports', 'port 0x1,'.repeat(50_000)],
    ['underscores', '_'.repeat(500_000)],
    ['at signs', 'a@'.repeat(200_000)],
  ])('gets to the end of a line of %s', (_name, text) => {
    expect(findReferences(parseBody(text)).length).toBeLessThan(10);
  });
});
