/** Places in the policies that adjust bits, as `Verdict` names them. */
export const COMMON_MAX = 'set guest_common_max_feature_adjustments';
export const COMMON_SET = 'set guest_common_default_feature_adjustments';
export const COMMON_CLEAR = 'clear guest_common_default_feature_adjustments';
export const COMMON_BOTH = 'set guest_common_feature_adjustments';
export const PV_MAX_CLEAR = 'clear calculate_pv_max_policy';
export const HVM_MAX_SET = 'set calculate_hvm_max_policy';
export const HVM_MAX_CLEAR = 'clear calculate_hvm_max_policy';
export const DOMAIN_SET = 'set recalculate_cpuid_policy';
export const DOMAIN_CLEAR = 'clear recalculate_cpuid_policy';

export const HARDWARE_DOMAIN_SET = 'set init_domain_cpuid_policy';
export const HARDWARE_DOMAIN_COPY = 'copy init_domain_cpuid_policy';

/** Where libxl makes the policy of a domain out of Xen’s default one. */
export const LIBXL_POLICY = {
  path: 'tools/libs/guest/xg_cpuid_x86.c',
  symbol: 'xc_cpuid_apply_policy',
} as const;
