/**
 * Instructions that fault at the privilege level of PV guests and that the whitelist does not hold, so that the fault
 * goes to the guest. No table of the source lists them: they are the privileged instructions of the architecture. The
 * extractor checks that none of them is in the whitelist.
 */
import type { Condition } from '../../../../../src/model/condition.ts';
import { type AuthoredHandling, type AuthoredPlace, at, byXenOutside } from '../../../authored.ts';
import { OWN_POLICY_FILE } from '../../cpuid-feature/constructs.ts';
import { type Entry, emulated, inPv, type List, refused } from '../entry.ts';
import { FRED, GP_TO_GUEST, UD_TO_GUEST } from '../places.ts';

interface Reflected {
  readonly id: string;
  readonly instruction: string;
  readonly opcodes: readonly string[];
  readonly alternatives?: readonly string[];
  readonly note?: string;
  /** Where 32-bit code gets #UD. */
  readonly only64?: true;
  /** In the container of the shim, where that differs. */
  readonly shim?: List;
  readonly places?: readonly AuthoredPlace[];
}

const NOT_LISTED = 'The whitelist refuses the instruction once the emulator has decoded it.';

function entryOf(
  { id, instruction, opcodes, alternatives, places: own = [] }: Reflected,
  effects: List,
  shim?: List,
): Entry {
  const all = new Set(effects.map(({ effect }) => effect));
  const places: AuthoredPlace[] = [
    ...(all.has('#GP') ? GP_TO_GUEST : []),
    ...(all.has('#UD') ? UD_TO_GUEST : []),
    ...own,
  ];
  return {
    id,
    instruction,
    class: 'not-emulated',
    entry: [
      ...(all.has('#GP') ? ['do_general_protection'] : []),
      ...(all.has('#UD') ? ['do_invalid_op'] : []),
    ],
    handlers: ['pv_inject_hw_exception'],
    opcodes,
    ...(alternatives === undefined ? {} : { alternatives }),
    cells: inPv(effects, effects, shim),
    places,
  };
}

const gp = (when?: Condition, note?: string) => refused('#GP', when, note);
const ud = (when?: Condition, note?: string) => refused('#UD', when, note);
const ABSENT_ON_HOST: Condition = { feature: ['!host-instruction'] };

/** #GP on every CPU that PV guests run on. */
const ALWAYS_GP: readonly Reflected[] = [
  { id: 'hlt', instruction: 'HLT', opcodes: ['f4'], alternatives: ['sched_op'] },
  { id: 'invd', instruction: 'INVD', opcodes: ['0f08'] },
  { id: 'invlpg', instruction: 'INVLPG', opcodes: ['0f01/7'], alternatives: ['mmuext_op'] },
  { id: 'lgdt', instruction: 'LGDT', opcodes: ['0f01/2'], alternatives: ['set_gdt'] },
  { id: 'lidt', instruction: 'LIDT', opcodes: ['0f01/3'], alternatives: ['set_trap_table'] },
  { id: 'lldt', instruction: 'LLDT', opcodes: ['0f00/2'], alternatives: ['mmuext_op'] },
  { id: 'ltr', instruction: 'LTR', opcodes: ['0f00/3'], alternatives: ['stack_switch'] },
  {
    id: 'lmsw',
    instruction: 'LMSW',
    opcodes: ['0f01/6'],
    alternatives: ['fpu_taskswitch'],
  },
  {
    id: 'rdpmc',
    instruction: 'RDPMC',
    opcodes: ['0f33'],
    alternatives: ['xenpmu_op'],
    note: 'Xen never sets CR4.PCE for PV guests.',
  },
];

const VMCS = 'xen/arch/x86/hvm/vmx/vmcs.c';

/** What the Xen outside leaves off in VMX. */
const NOT_IN_VMX: List = [
  {
    ...ud(undefined, 'The Xen outside does not turn them on in VMX.'),
    places: [at(VMCS, 'vmx_init_vmcs_config')],
  },
];

/** #GP where the CPU has the instruction, else #UD. */
const GP_OR_UD: readonly Reflected[] = [
  {
    id: 'invpcid',
    instruction: 'INVPCID',
    opcodes: ['0f3882'],
    alternatives: ['mmuext_op'],
    shim: [
      gp({ feature: ['host-instruction'] }, NOT_LISTED),
      ud(ABSENT_ON_HOST),
      {
        ...ud({ vendor: 'intel', xl: { hap: 0 } }, 'The Xen outside turns it on with EPT only.'),
        places: [at(VMCS, 'construct_vmcs')],
      },
    ],
  },
  {
    id: 'xsaves-xrstors',
    instruction: 'XSAVES and XRSTORS',
    opcodes: ['0fc7/5', '0fc7/3'],
    note: 'XSAVE, XSAVEOPT, XSAVEC and XRSTOR run natively.',
  },
  { id: 'wrmsrns', instruction: 'WRMSRNS', opcodes: ['0f01c6'] },
  {
    id: 'rdmsrlist-wrmsrlist',
    instruction: 'RDMSRLIST and WRMSRLIST',
    opcodes: ['0f01c6'],
    only64: true,
    shim: NOT_IN_VMX,
  },
  {
    id: 'lkgs',
    instruction: 'LKGS',
    opcodes: ['0f00/6'],
    alternatives: ['set_segment_base'],
    only64: true,
  },
  {
    id: 'enqcmd',
    instruction: 'ENQCMD and ENQCMDS',
    opcodes: ['0f38f8'],
    note: 'Xen gives PV guests no PASID.',
  },
  {
    id: 'invlpgb-tlbsync',
    instruction: 'INVLPGB and TLBSYNC',
    opcodes: ['0f01fe', '0f01ff'],
    shim: [
      {
        ...ud(undefined, 'The Xen outside does not enable them in the VMCB.'),
        places: [at('xen/arch/x86/hvm/svm/vmcb.c', 'construct_vmcb')],
      },
    ],
  },
  { id: 'hreset', instruction: 'HRESET', opcodes: ['0f3af0'] },
  { id: 'pconfig', instruction: 'PCONFIG', opcodes: ['0f01c5'], shim: NOT_IN_VMX },
  {
    id: 'rmp-instructions',
    instruction: 'PSMASH, RMPADJUST, RMPUPDATE and PVALIDATE',
    opcodes: ['0f01fe', '0f01ff'],
  },
];

/** #UD outside the mode that the instruction needs, or above privilege level 0. */
const ALWAYS_UD: readonly Reflected[] = [
  {
    id: 'monitor-mwait',
    instruction: 'MONITOR and MWAIT',
    opcodes: ['0f01c8', '0f01c9'],
    alternatives: ['sched_op'],
    note: 'CPUID hides them, save for the bit that the kernel of the hardware domain sees under emulated CPUID.',
    places: [
      { ...at('xen/arch/x86/cpu-policy.c', 'recalculate_misc'), since: OWN_POLICY_FILE },
      { ...at('xen/arch/x86/cpuid.c', 'recalculate_misc'), until: OWN_POLICY_FILE },
      at('xen/arch/x86/cpuid.c', 'guest_cpuid'),
    ],
  },
  {
    id: 'clac-stac',
    instruction: 'CLAC and STAC',
    opcodes: ['0f01ca', '0f01cb'],
    note: 'CPUID hides SMAP from PV guests.',
  },
  { id: 'rsm', instruction: 'RSM', opcodes: ['0faa'] },
  { id: 'getsec', instruction: 'GETSEC', opcodes: ['0f37'], note: 'Xen never sets CR4.SMXE.' },
  { id: 'encls', instruction: 'ENCLS and ENCLV', opcodes: ['0f01cf', '0f01c0'] },
  { id: 'uiret', instruction: 'UIRET, CLUI, STUI and SENDUIPI', opcodes: ['0f01ec', '0f01ee'] },
];

const WITH_SHADOW_STACKS =
  'Where Xen uses shadow stacks; with indirect-branch tracking alone it is #UD.';
const NO_CET = { ...ud(undefined, 'Xen never sets CR4.CET.'), until: '4.14' };

/** What control registers take from the guest that Xen came to use itself. */
const SINCE_XEN_USES: readonly Entry[] = [
  entryOf(
    {
      id: 'supervisor-shadow-stack',
      instruction: 'SETSSBSY, CLRSSBSY and WRUSS',
      opcodes: ['0f01e8', '0fae/6', '0f38f5'],
    },
    [
      {
        ...gp({ feature: ['cet'] }, `${WITH_SHADOW_STACKS} ${NOT_LISTED}`),
        since: '4.14',
        until: FRED,
      },
      {
        ...gp({ feature: ['cet', '!fred'] }, `${WITH_SHADOW_STACKS} ${NOT_LISTED}`),
        since: FRED,
      },
      { ...gp({ feature: ['cet', 'fred'] }, `WRUSS. ${WITH_SHADOW_STACKS}`), since: FRED },
      {
        ...ud({ feature: ['cet', 'fred'] }, 'SETSSBSY and CLRSSBSY, which FRED disallows.'),
        since: FRED,
      },
      { ...ud({ feature: ['!cet'] }), since: '4.14' },
      NO_CET,
    ],
    [{ ...ud(undefined, 'The container is not shown CET.'), since: '4.14' }, NO_CET],
  ),
  entryOf(
    {
      id: 'user-shadow-stack',
      instruction: 'INCSSP, SAVEPREVSSP, RSTORSSP and WRSS',
      opcodes: ['0fae/5', '0f01ea', '0f01/5', '0f38f6'],
    },
    [{ ...ud(undefined, 'Xen uses shadow stacks for itself only.'), since: '4.14' }, NO_CET],
  ),
  entryOf(
    { id: 'rdpkru-wrpkru', instruction: 'RDPKRU and WRPKRU', opcodes: ['0f01ee', '0f01ef'] },
    [
      { ...ud(undefined, 'Xen clears CR4.PKE while a PV guest runs.'), since: '4.16' },
      { ...ud(undefined, 'Xen never sets CR4.PKE for itself or for PV guests.'), until: '4.16' },
    ],
  ),
];

const HVM_ON: Condition = { feature: ['hvm-enabled'] };
const HVM_OFF: Condition = { feature: ['!hvm-enabled'] };

/** Instructions of VMX: 32-bit code has none in long mode. */
const IN_VMX_ROOT: List = [
  gp({ vendor: 'intel', ...HVM_ON, guest: ['!code-32'] }, NOT_LISTED),
  ud({ vendor: 'intel', ...HVM_ON, guest: ['code-32'] }),
  ud({ vendor: 'intel', ...HVM_OFF }),
  ud({ vendor: 'amd' }),
];

/** What FRED disallows at every privilege level. */
const notUnderFred = (first: AuthoredHandling, ...rest: readonly AuthoredHandling[]): List => {
  const without = (one: AuthoredHandling): AuthoredHandling => ({
    ...one,
    when: { ...one.when, feature: ['!fred'] },
    since: FRED,
  });
  return [
    without(first),
    ...rest.map(without),
    { ...ud({ feature: ['fred'] }, 'FRED disallows the instruction.'), since: FRED },
    ...[first, ...rest].map((one) => ({ ...one, until: FRED })),
  ];
};

/** A hypercall of the container, which the hypervisor outside refuses to code above privilege level 0. */
const fromContainer = (when: Condition) => ({
  ...byXenOutside(
    refused(
      'error',
      when,
      'The instruction leaves the container; the Xen outside answers code above privilege level 0 with an error.',
    ),
  ),
  places: [at('xen/arch/x86/hvm/hypercall.c', 'hvm_hypercall', 'EPERM')],
});

const DEPENDING: readonly Entry[] = [
  entryOf({ id: 'sysret', instruction: 'SYSRET', opcodes: ['0f07'], alternatives: ['iret'] }, [
    ...notUnderFred(
      gp({ guest: ['!code-32'] }, NOT_LISTED),
      gp({ vendor: 'amd', guest: ['code-32'] }),
    ),
    ud({ vendor: 'intel', guest: ['code-32'] }),
  ]),
  entryOf({ id: 'ud', instruction: 'UD0, UD1 and UD2', opcodes: ['0fff', '0fb9', '0f0b'] }, [
    ud({ guest: ['!forced-emulation-prefix'] }),
    emulated({ guest: ['forced-emulation-prefix'] }, 'UD2 with “xen” and CPUID behind it.'),
  ]),
  entryOf(
    {
      id: 'swapgs',
      instruction: 'SWAPGS',
      opcodes: ['0f01f8'],
      alternatives: ['set_segment_base'],
    },
    [...notUnderFred(gp({ guest: ['!code-32'] }, NOT_LISTED)), ud({ guest: ['code-32'] })],
  ),
  entryOf({ id: 'sysexit', instruction: 'SYSEXIT', opcodes: ['0f35'], alternatives: ['iret'] }, [
    ...notUnderFred(gp({ vendor: 'intel' }, NOT_LISTED)),
    ud({ vendor: 'amd' }, 'AMD has none in long mode.'),
  ]),
  entryOf(
    {
      id: 'vmx-instructions',
      instruction: 'VMX instructions (VMXON, VMLAUNCH, VMREAD, INVEPT, INVVPID and others)',
      opcodes: ['0f01c2', '0f01c3', '0f01c4', '0f78', '0f79', '0fc7/6', '0fc7/7', '0f3880'],
    },
    IN_VMX_ROOT,
    [
      {
        ...byXenOutside(
          ud(
            { vendor: 'intel', guest: ['!code-32'] },
            'They leave the container; the Xen outside answers with the fault.',
          ),
        ),
        places: [at('xen/arch/x86/hvm/vmx/vmx.c', 'vmx_vmexit_handler')],
      },
      ud({ vendor: 'intel', guest: ['code-32'] }),
      ud({ vendor: 'amd' }),
    ],
  ),
  entryOf({ id: 'vmcall', instruction: 'VMCALL', opcodes: ['0f01c1'] }, IN_VMX_ROOT, [
    fromContainer({ vendor: 'intel' }),
    ud({ vendor: 'amd' }),
  ]),
  entryOf(
    { id: 'vmmcall', instruction: 'VMMCALL', opcodes: ['0f01d9'] },
    [ud()],
    [fromContainer({ vendor: 'amd' }), ud({ vendor: 'intel' })],
  ),
  entryOf({ id: 'eretu-erets', instruction: 'ERETU and ERETS', opcodes: ['0f01ca'] }, [
    ud({ feature: ['!fred'] }),
    { ...gp({ feature: ['fred'] }, NOT_LISTED), since: FRED },
  ]),
  entryOf(
    {
      id: 'svm-instructions',
      instruction: 'SVM instructions (VMRUN, VMLOAD, VMSAVE, STGI, CLGI, SKINIT, INVLPGA)',
      opcodes: ['0f01d8', '0f01da', '0f01db', '0f01dc', '0f01dd', '0f01de', '0f01df'],
    },
    [
      gp({ vendor: 'amd', ...HVM_ON }, NOT_LISTED),
      ud({ vendor: 'amd', ...HVM_OFF }),
      ud({ vendor: 'intel' }),
    ],
    [
      gp({ vendor: 'amd' }, `In a container SVM is on, whoever uses it. ${NOT_LISTED}`),
      ud({ vendor: 'intel' }),
    ],
  ),
];

const noteOf = ({ note }: Reflected, always?: string) =>
  [note, always].filter((part) => part !== undefined).join(' ') || undefined;

export const REFLECTED: readonly Entry[] = [
  ...ALWAYS_GP.map((one) => entryOf(one, [gp(undefined, noteOf(one, NOT_LISTED))])),
  ...GP_OR_UD.map((one) =>
    entryOf(
      one,
      [
        gp(
          { feature: ['host-instruction'], ...(one.only64 && { guest: ['!code-32'] }) },
          noteOf(one, NOT_LISTED),
        ),
        ...(one.only64 ? [ud({ guest: ['code-32'] })] : []),
        ud(ABSENT_ON_HOST),
      ],
      one.shim,
    ),
  ),
  ...ALWAYS_UD.map((one) => entryOf(one, [ud(undefined, noteOf(one))])),
  ...SINCE_XEN_USES,
  ...DEPENDING,
];
