/** What a case of a VM exit handler calls, and which of the calls handles the exit. */

/** Words that a parenthesis may follow, and what only reads the state, counts or traces. */
const NO_CALL =
  /^(?:if|switch|while|for|return|sizeof|likely|unlikely|__vm(?:read|write)|perfc_\w+|g?d?printk|vmcb_(?:get|set)_\w+|msr_(?:fold|split)|vcpu_vlapic|trace_\w+|hvm_long_mode_active|vm_event_is_enabled|vmx_get_cpl|get_instruction_length|_?_?update_guest_eip|enable_nmis)$/;

/** What a case calls beside its handler: reports to introspection, faults for refusals, and the length of the instruction. */
const BESIDE =
  /^(?:hvm_monitor_\w+|hvm_inject_\w+|domain_\w+|svm_get_\w*insn_len|undo_nmis_unblocked_by_iret|__restore_debug_registers|write_debugreg|nsvm_efer_svm_enabled|vmx_propagate_intr|vmx_handle_eoi_write|hvm_emulate_one_insn|p2m_pt_handle_deferred_changes|svm_vmcb_dump)$/;

/** Functions that the text of a case calls, in order, each once. */
export function callsOf(body: string): string[] {
  const names = [...body.matchAll(/\b([a-z_]\w*)\s*\(/g)].map((match) => match[1] ?? '');
  return [...new Set(names)].filter((name) => !NO_CALL.test(name));
}

/** The one function that handles the exit, or the fault that it gives; null where the case itself does, or decides. */
export function handlerOf(calls: readonly string[]): string | null {
  const [first, ...others] = calls.filter((name) => !BESIDE.test(name));
  if (first === undefined) return calls.find((name) => /^hvm_inject_/.test(name)) ?? null;
  return others.length === 0 ? first : null;
}
