/** The words that the source mask knows; data, so that a new construct of Xen is one more word here. */

function words(text: string): readonly string[] {
  return text.trim().split(/\s+/);
}

/** Words without meaning for the extraction that a C grammar takes for a type or a name. */
export const ATTRIBUTE_WORDS = words(`
  cf_check __init __initdata __initconst __initconstrel __initdata_cf_clobber
  __initconst_cf_clobber __exit __exitdata __must_check __hwdom_init __hwdom_initdata
  __ro_after_init __read_mostly __cold __used __packed __pure __weak __maybe_unused __deprecated
  __gnu_inline __overloadable __transparent__ __user __iomem __force asmlinkage always_inline
  noinline noreturn nocall gnu_inline inline_init EFIAPI XSM_INLINE init_or_livepatch
  init_or_livepatch_const init_or_livepatch_data init_or_livepatch_read_mostly hidden _hidden
  __hidden __cacheline_aligned attr_const attribute_pure __attribute_pure__ __attribute_const__
  __page_aligned_bss __page_aligned_data __text_section_init unused_ __init_or_mask_compr IN OUT
  OPTIONAL ZSTD_STATIC FSE_PUBLIC_API HUF_PUBLIC_API XZ_EXTERN FORCE_INLINE FORCE_NOINLINE
  __noreturn STATIC_INLINE XSM_DEFAULT_ARG XSM_DEFAULT_VOID
`);

/** The same, with arguments. */
export const ATTRIBUTE_MACROS = words(`
  __section __aligned __printf __attribute__ __attribute __alloc_size __nonnull __counted_by
  PRINTF_ATTRIBUTE LIBXL_EXTERNAL_CALLERS_ONLY__ UBSAN_ATTRIBUTE
`);

/** Macros that take a type where C expects an expression. */
export const TYPE_MACROS = words(`
  container_of list_entry list_first_entry list_first_entry_or_null list_next_entry xzalloc
  xmalloc xvzalloc xvmalloc xzalloc_array xmalloc_array xvzalloc_array xvmalloc_array
  xvmalloc_flex_struct list_last_entry __alignof __alignof__ alignof NIL hypfs_alloc_dyndata
  xrealloc_flex_struct xzalloc_flex_struct xmalloc_flex_struct xvzalloc_flex_struct va_arg offsetof
  sizeof_field endof_field OFFSET DEFINE OFFSET_EF min_t max_t DEFINE_XEN_GUEST_HANDLE
  __DEFINE_XEN_GUEST_HANDLE XEN_GUEST_HANDLE XEN_GUEST_HANDLE_PARAM XEN_GUEST_HANDLE_64
  guest_handle_cast guest_handle_from_ptr typecheck GCNEW_ARRAY rb_entry radix_tree_deref
  compat_handle_cast hlist_entry COMPAT_HANDLE COMPAT_HANDLE_PARAM DEFINE_COMPAT_HANDLE
  __builtin_types_compatible_p CONTAINER_OF LIBXL_TAILQ_ENTRY guest_handle_to_param const_cast
`);

/** Macros whose arguments are pieces of assembly. */
export const ASSEMBLY_MACROS = words(`
  invoke_stub emulate_stub emulate_fpu_insn_memdst emulate_1op emulate_2op_SrcV emulate_2op_SrcV_nobyte
  _emulate_2op_SrcV1 _emulate_2op_SrcB alternative alternative_2 alternative_io alternative_io_2
  alternative_input ASM_OUTPUT2 BINOP
`);

/** Macros that declare a variable: `name` is the position of the variable among the arguments. */
export const DECLARING_MACROS: ReadonlyMap<string, number> = new Map([
  ['DEFINE_PER_CPU', 1],
  ['DEFINE_PER_CPU_READ_MOSTLY', 1],
  ['DECLARE_PER_CPU', 1],
  ['DECLARE_BITMAP', 0],
]);

/** Macros that stand where C has a `case`. */
export const CASE_MACROS = words(
  'PROGRESS PROGRESS_VCPU CASE_SIMD HSR_SYSREG_DBG_CASES HSR_CPREG32_TID3_CASES',
);

/** Macros that stand where C has a whole `case` with its statements, or a whole function. */
export const CLAUSE_MACROS = words(`
  EVTCHN_FORWARD GENERATE_CASE GENERATE_TID3_INFO TVM_REG TVM_REG32 TVM_REG64 TVM_REG32_COMBINED
`);
