/** Files that map pages for the moment, each with the ways that its maps are part of. */
import type { Corpus } from '../../corpus.ts';
import type { ListedName } from '../../listing.ts';

const MAPS = /^\s+(?![*/\s]).*\b(?:__)?map_domain_page\(/;
const FOLDERS = /^xen\/(?:arch\/(?:arm|x86)|common|drivers)\/.*\.c$/;

/** Ways by file; an empty list where the pages belong to Xen alone. */
export const MAPPING_FILES: Readonly<Record<string, readonly string[]>> = {
  'xen/arch/arm/arm32/mmu/mm.c': [],
  'xen/arch/arm/domain_page.c': [],
  'xen/arch/arm/guestcopy.c': ['hypercall-buffers', 'build-arm-by-xen'],
  'xen/arch/arm/mm.c': ['domctl-cacheflush', 'arm-set-way'],
  'xen/arch/arm/mmu/domain_page.c': [],
  'xen/arch/arm/mmu/p2m.c': [],
  'xen/arch/arm/mmu/pt.c': [],
  'xen/arch/arm/mmu/smpboot.c': [],
  'xen/arch/arm/mpu/domain-page.c': [],
  'xen/arch/arm/p2m.c': [],
  'xen/arch/arm/setup.c': [],
  'xen/arch/arm/smpboot.c': [],
  'xen/arch/arm/tee/optee.c': ['optee-buffers'],
  'xen/arch/arm/traps.c': ['console-dumps'],
  'xen/arch/x86/debug.c': ['gdbsx'],
  'xen/arch/x86/domain.c': ['page-table-hypercalls'],
  'xen/arch/x86/domain_page.c': [],
  'xen/arch/x86/domctl.c': ['hypercall-page', 'page-table-hypercalls'],
  'xen/arch/x86/extable.c': [],
  'xen/arch/x86/gdbsx.c': ['gdbsx'],
  'xen/arch/x86/hvm/emulate.c': ['emulated-data'],
  'xen/arch/x86/hvm/hvm.c': ['hypercall-buffers', 'emulated-data', 'task-switch'],
  'xen/arch/x86/hvm/stdvga.c': [],
  'xen/arch/x86/hvm/viridian/viridian.c': ['viridian'],
  'xen/arch/x86/hvm/vmx/vmcs.c': [],
  'xen/arch/x86/hvm/vmx/vmx.c': ['pae-pdptes'],
  'xen/arch/x86/hvm/vmx/vvmx.c': ['nested-vmx'],
  'xen/arch/x86/machine_kexec.c': [],
  'xen/arch/x86/mm.c': ['page-table-hypercalls', 'clear-copy-page'],
  'xen/arch/x86/mm/guest_walk.c': ['page-table-walk'],
  'xen/arch/x86/mm/hap/guest_walk.c': ['page-table-walk'],
  'xen/arch/x86/mm/hap/hap.c': [],
  'xen/arch/x86/mm/mem_paging.c': ['memory-paging'],
  'xen/arch/x86/mm/p2m.c': ['page-table-walk', 'memory-paging'],
  'xen/arch/x86/mm/p2m-ept.c': [],
  'xen/arch/x86/mm/p2m-pod.c': ['populate-on-demand'],
  'xen/arch/x86/mm/p2m-pt.c': [],
  'xen/arch/x86/mm/paging.c': [],
  'xen/arch/x86/mm/shadow/common.c': ['shadow-page-tables'],
  'xen/arch/x86/mm/shadow/hvm.c': ['shadow-page-tables'],
  'xen/arch/x86/mm/shadow/multi.c': ['shadow-page-tables'],
  'xen/arch/x86/mm/shadow/set.c': ['shadow-page-tables'],
  'xen/arch/x86/msr.c': ['hypercall-page'],
  'xen/arch/x86/pv/descriptor-tables.c': ['descriptor-tables'],
  'xen/arch/x86/pv/dom0_build.c': ['build-dom0-pv'],
  'xen/arch/x86/pv/domain.c': ['page-table-hypercalls'],
  'xen/arch/x86/pv/emul-priv-op.c': ['page-table-hypercalls'],
  'xen/arch/x86/pv/grant_table.c': ['grant-map'],
  'xen/arch/x86/pv/mm.c': ['page-table-hypercalls', 'descriptor-tables'],
  'xen/arch/x86/pv/ro-page-fault.c': ['pv-page-table-write'],
  'xen/arch/x86/pv/shim.c': ['build-pv'],
  'xen/arch/x86/smpboot.c': [],
  'xen/arch/x86/tboot.c': ['tboot-integrity'],
  'xen/arch/x86/traps-setup.c': [],
  'xen/arch/x86/traps.c': ['console-dumps'],
  'xen/arch/x86/x86_64/mm.c': [],
  'xen/arch/x86/x86_64/traps.c': ['console-dumps'],
  'xen/arch/x86/x86_emulate.c': [],
  'xen/common/device-tree/dom0less-build.c': ['build-arm-by-xen'],
  'xen/common/grant_table.c': ['grant-copy', 'grant-cache-flush'],
  'xen/common/kexec.c': [],
  'xen/common/kimage.c': [],
  'xen/common/memory.c': ['memory-sharing', 'clear-copy-page'],
  'xen/common/page_alloc.c': ['scrub'],
  'xen/drivers/passthrough/amd/iommu_guest.c': [],
  'xen/drivers/passthrough/amd/iommu_map.c': [],
  'xen/drivers/passthrough/amd/pci_amd_iommu.c': [],
  'xen/drivers/passthrough/vtd/iommu.c': [],
  'xen/drivers/passthrough/vtd/x86/vtd.c': [],
  'xen/drivers/passthrough/x86/iommu.c': [],
};

/** The files with such maps, by path, each with the line of the first one. */
export function readMappingFiles(corpus: Corpus): ListedName[] {
  return [...corpus.texts]
    .filter(([path, text]) => FOLDERS.test(path) && text.includes('map_domain_page('))
    .flatMap(([path, text]) => {
      const line = text.split('\n').findIndex((one) => MAPS.test(one)) + 1;
      return line === 0 ? [] : [{ name: path, path, line }];
    })
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}
