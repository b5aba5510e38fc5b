# The probe: one static program that runs as a PV, PVH or HVM guest of Xen and reports what each probe of a list did.
# GNU as, linked by probe.ld. The list, probes.inc, is generated from probes/*.ts.
#
# A line of its report: P <name> <vector> <first cost> <least cost> <rax> <rbx> <rcx> <rdx>, numbers in hexadecimal. The
# vector is ff without an exception and fe when the preparation of the probe met one. Costs are ticks of the TSC. Where a
# probe asks for it, the first run is one after another vCPU had the processor, and its cost the least of three such.
        .set CONSOLE_IO, 18
        .set SCHED_OP, 29
        .set EVENT_CHANNEL_OP, 32
        .set UPDATE_VA_MAPPING, 14
        .set SET_TRAP_TABLE, 0
        .set VCPU_OP, 24
        .set XEN_VERSION, 17

        .macro note type
        .section .note.Xen, "a", @note
        .balign 4
        .long 4, note_end_\type - note_at_\type, \type
        .asciz "Xen"
note_at_\type:
        .endm

        .macro note_number type, kind, value
        note \type
        \kind \value
note_end_\type:
        .balign 4
        .endm

        .macro note_text type, text
        note \type
        .asciz "\text"
note_end_\type:
        .balign 4
        .endm

        note_number 1, .quad, pv_start
        note_number 2, .quad, hypercall_page
        note_number 3, .quad, 0
        note_number 4, .quad, 0
        note_text 5, "xen-3.0"
        note_text 6, "atlas"
        note_text 8, "generic"
        note_text 9, "yes"
        note_text 10, "!writable_page_tables|pae_pgdir_above_4gb"
        note_number 17, .quad, 0x801
        note_number 18, .long, hvm_start

        .data
        .balign 4096
hypercall_page: .fill 4096, 1, 0x90
console_page:   .fill 4096, 1, 0
l4:     .quad l3 + 7
        .fill 511, 8, 0
l3:     .quad l2 + 7, l2 + 0x1007, l2 + 0x2007, l2 + 0x3007
        .fill 508, 8, 0
l2:     .set a, 0
        .rept 2048
        .quad a + 0xe7
        .set a, a + 0x200000
        .endr
idt:    .fill 64, 8, 0
idt_end:
idtr:   .word idt_end - idt - 1
        .quad idt
gdt:    .quad 0, 0x00af9b000000ffff, 0x00cf93000000ffff, 0x00cf9b000000ffff
tss_descriptor: .quad 0, 0
gdt_end:
gdtr:   .word gdt_end - gdt - 1
        .quad gdt
tss:    .fill 26, 4, 0
        .balign 16
start_info:     .quad 0
mode:   .long 0                 # 0 PV, 1 HVM-like
way:    .long 0                 # 0 console hypercall, 1 console ring, 2 port 0xe9
evtchn: .long 0
reason: .long 0
saved_rsp:      .quad 0
preparing:      .quad 0
prepared:       .quad 0, 0, 0
vector: .quad 0
code:   .quad 0
began:  .quad 0
result: .fill 4, 8, 0           # rax rbx rcx rdx
cost:   .quad 0
line:   .fill 512, 1, 0
stamp:  .quad 0
least:  .quad 0
first:  .quad 0
met:    .quad 0
rounds: .long 0
        .balign 8
created:        .quad 0         # system time less the time that the vCPU has been there
deadline:       .quad 0
runstate:       .quad 0, 0, 0, 0, 0, 0          # state, its begin, time in each of four states; in nanoseconds
poll:   .quad scratch, 0, 0     # ports, their number, when to wake
        .balign 64
scratch:        .fill 4096, 1, 0
        .balign 16
        .fill 32768, 1, 0
stack:

        .text
        .code64
pv_start:
        mov %rsi, start_info
        mov $stack, %rsp
        movl $1, way
        testl $2, 48(%rsi)      # SIF_INITDOMAIN
        jz 1f
        movl $0, way
        jmp 2f
1:      mov 80(%rsi), %eax
        mov %eax, evtchn
        mov $console_page, %edi
        mov 72(%rsi), %rsi
        shl $12, %rsi
        or $0x67, %rsi
        mov $2, %edx
        call hypercall_page + 32 * UPDATE_VA_MAPPING
2:      mov $pv_traps, %edi
        call hypercall_page + 32 * SET_TRAP_TABLE
        jmp main

        .code32
        .globl hvm_start
hvm_start:
        cld
        mov %ebx, start_info
        mov $stack, %esp
        movl $1, mode
        movl $2, way
        testl $2, 8(%ebx)       # flags: SIF_INITDOMAIN
        jz 1f
        movl $0, way
1:      lgdt gdtr
        mov $1, %eax
        cpuid
        and $0x4000000, %ecx    # XSAVE
        shr $8, %ecx            # OSXSAVE
        mov %cr4, %eax
        or $0x620, %eax         # PAE, OSFXSR, OSXMMEXCPT
        or %ecx, %eax
        mov %eax, %cr4
        mov $l4, %eax
        mov %eax, %cr3
        mov $0xc0000080, %ecx
        rdmsr
        or $0x101, %eax         # LME, SCE
        wrmsr
        mov $0x80000033, %eax   # PG, NE, ET, MP, PE
        mov %eax, %cr0
        ljmp $8, $1f
        .code64
1:      mov $16, %eax
        mov %eax, %ds
        mov %eax, %es
        mov %eax, %ss
        mov $stack, %rsp
        mov $hvm_traps, %esi
        mov $idt, %edi
        mov $32, %ecx
1:      lodsq
        mov %ax, (%rdi)
        movw $8, 2(%rdi)
        movw $0x8e00, 4(%rdi)
        shr $16, %rax
        mov %ax, 6(%rdi)
        add $16, %rdi
        loop 1b
        lidt idtr
        # the hypercall page, by the MSR that CPUID names
        mov $0x40000000, %eax
1:      push %rax
        cpuid
        cmp $0x566e6558, %ebx
        pop %rax
        je 2f
        add $0x100, %eax
        jmp 1b
2:      add $2, %eax
        cpuid
        mov %ebx, %ecx
        mov $hypercall_page, %eax
        xor %edx, %edx
        wrmsr

main:   cld
        call age
        mov runstate + 8, %rcx
        sub %rax, %rcx
        mov %rcx, created
        mov $words_begin, %esi
        call print
        mov $probes, %ebp
1:      cmpq $0, (%rbp)
        je 9f
        mov 24(%rbp), %eax      # where it runs: 1 PV, 2 HVM-like; 4: after another vCPU ran
        mov mode, %ecx
        inc %ecx
        test %ecx, %eax
        jz 8f
        call report
8:      add $32, %rbp
        jmp 1b
9:      mov $words_end, %esi
        call print
        call away               # dom0 takes the last words off the console before the guest is gone
        movl $1, reason
        cmpl $0, way
        je 1f
        movl $0, reason
1:      mov $2, %edi
        mov $reason, %esi
        call hypercall_page + 32 * SCHED_OP
2:      mov $1, %edi            # the PV console is still being read: give way
        jmp 2b

# Runs the probe at rbp four times, or three times four times; prints its name, the least cost of the first runs and that
# of the others. dom0 is alone: nothing takes the processor from it.
report: mov $line, %edi
        movb $'P', (%rdi)
        movb $' ', 1(%rdi)
        add $2, %rdi
        mov 16(%rbp), %rsi
1:      lodsb
        stosb
        test %al, %al
        jnz 1b
        dec %rdi
        movq $-1, first
        movq $-1, least
        movl $1, rounds
        testl $4, 24(%rbp)
        jz 1f
        cmpl $0, way
        je 1f
        movl $3, rounds
1:      testl $4, 24(%rbp)
        jz 2f
        call away
2:      call run
        mov vector, %rax
        mov %rax, met
        mov cost, %rax
        cmp first, %rax
        jae 2f
        mov %rax, first
2:      mov $3, %ecx
3:      push %rcx
        push %rdi
        call run
        pop %rdi
        pop %rcx
        mov cost, %rax
        cmp least, %rax
        jae 4f
        mov %rax, least
4:      loop 3b
        decl rounds
        jnz 1b
        mov met, %rax
        call hex
        mov first, %rax
        call hex
        mov least, %rax
        call hex
        mov result, %rax
        call hex
        mov result + 8, %rax
        call hex
        mov result + 16, %rax
        call hex
        mov result + 24, %rax
        call hex
        movb $10, (%rdi)
        movb $0, 1(%rdi)
        mov $line, %esi
        jmp print

# Returns in rax for how long the vCPU has been there, and leaves its states in runstate.
age:    push %rdi
        mov $4, %edi            # VCPUOP_get_runstate_info
        xor %esi, %esi
        mov $runstate, %edx
        call hypercall_page + 32 * VCPU_OP
        pop %rdi
        mov runstate + 16, %rax
        add runstate + 24, %rax
        add runstate + 32, %rax
        add runstate + 40, %rax
        ret

# Gives the processor away for 200 ms, in which dom0 surely runs: its first program wakes every 100 ms.
away:   cmpl $0, way
        je 2f
        call age
        add created, %rax
        add $200000000, %rax
        mov %rax, deadline
1:      push %rdi
        mov deadline, %rax
        mov %rax, poll + 16
        mov $3, %edi            # SCHEDOP_poll
        mov $poll, %esi
        call hypercall_page + 32 * SCHED_OP
        pop %rdi
        call age
        add created, %rax
        cmp deadline, %rax
        jb 1b
2:      ret

# Runs the code of the probe at rbp once. Keeps rbp and rdi on the stack.
run:    push %rbp
        push %rdi
        pushf
        mov %rsp, saved_rsp
        mov (%rbp), %rax
        mov %rax, code
        movl $1, preparing
        xor %eax, %eax
        xor %ecx, %ecx
        xor %edx, %edx
        call *8(%rbp)
        mov %rax, prepared
        mov %rcx, prepared + 8
        mov %rdx, prepared + 16
        movl $0, preparing
        movq $0xff, vector
        xor %ebx, %ebx
        xor %esi, %esi
        xor %edi, %edi
        xor %ebp, %ebp
        xor %r8d, %r8d
        xor %r10d, %r10d
        rdtsc
        mov %eax, began
        mov prepared, %rax
        mov prepared + 8, %rcx
        mov prepared + 16, %rdx
        call *code
back:   mov %rax, result
        mov %rbx, result + 8
        mov %rcx, result + 16
        mov %rdx, result + 24
        rdtsc
        sub began, %eax
        mov %eax, %eax
        mov %rax, cost
        mov saved_rsp, %rsp
        cmpl $0, mode
        je 1f
        popf
        jmp 2f
1:      add $8, %rsp
2:      pop %rdi
        pop %rbp
        cld
        ret

# A trap with the vector on the stack: the probe ends there.
trap:   pop vector
        testl $1, preparing
        jz 1f
        movq $0xfe, vector
        rdtsc
        mov %eax, began
1:
        mov $0xee, %eax
        xor %ebx, %ebx
        xor %ecx, %ecx
        xor %edx, %edx
        jmp back

        .balign 16
trap_table:
        .set n, 0
        .rept 32
        .balign 16
        push $n
        jmp trap
        .set n, n + 1
        .endr

# Appends " " and rax in hexadecimal to rdi.
hex:    push %rcx
        push %rdx
        movb $' ', (%rdi)
        inc %rdi
        mov $60, %ecx
        xor %r9d, %r9d
1:      mov %rax, %rdx
        shr %cl, %rdx
        and $15, %edx
        or %edx, %r9d
        jnz 2f
        test %ecx, %ecx
        jnz 3f
2:      mov digits(%rdx), %dl
        mov %dl, (%rdi)
        inc %rdi
        or $1, %r9d
3:      sub $4, %ecx
        jns 1b
        pop %rdx
        pop %rcx
        ret

# Prints the zero-terminated line at rsi.
print:  push %rbp
        mov %rsi, %rdx
        xor %ecx, %ecx
1:      cmpb $0, (%rdx, %rcx)
        je 2f
        inc %ecx
        jmp 1b
2:      cmpl $1, way
        ja port
        je ring
        xor %edi, %edi
        mov %ecx, %esi
        call hypercall_page + 32 * CONSOLE_IO
        pop %rbp
        ret
port:   mov $0xe9, %edx
1:      lodsb
        out %al, %dx
        loop 1b
        pop %rbp
        ret
ring:   mov %rdx, %rsi
        mov $console_page, %ebx
3:      mov 3084(%rbx), %eax    # out_prod
        mov %eax, %edx
        sub 3080(%rbx), %edx    # out_cons
        cmp $2048, %edx
        jae 4f
        and $2047, %eax
        mov (%rsi), %dl
        mov %dl, 1024(%rbx, %rax)
        incl 3084(%rbx)
        inc %rsi
        loop 3b
        call notify
        pop %rbp
        ret
4:      call notify
        push %rsi
        push %rcx
        push %rbx
        xor %edi, %edi          # SCHEDOP_yield
        xor %esi, %esi
        call hypercall_page + 32 * SCHED_OP
        pop %rbx
        pop %rcx
        pop %rsi
        jmp 3b
notify: push %rsi
        push %rcx
        push %rbx
        mov $4, %edi            # EVTCHNOP_send
        mov $evtchn, %esi
        call hypercall_page + 32 * EVENT_CHANNEL_OP
        pop %rbx
        pop %rcx
        pop %rsi
        ret

        .section .rodata
digits: .ascii "0123456789abcdef"
words_begin: .asciz "ATLAS BEGIN\n"
words_end: .asciz "ATLAS END\n"
        .balign 8
pv_traps:
        .set n, 0
        .rept 32
        .byte n, 0
        .word 0xe033
        .long 0
        .quad trap_table + 16 * n
        .set n, n + 1
        .endr
        .quad 0, 0
hvm_traps:
        .set n, 0
        .rept 32
        .quad trap_table + 16 * n
        .set n, n + 1
        .endr

        # A probe: its code follows up to the next one and ends with ret. What its preparation leaves in rax, rcx and
        # rdx its code starts with; the other registers are zero.
        .macro probe name, where, preparation=nothing
        .section .rodata.names, "a"
9:      .asciz "\name"
        .section .probes, "a"
        .quad 8f, \preparation, 9b, \where
        .text
8:
        .endm

        .macro preparation name
        .text
\name:
        .endm

        preparation nothing
        ret
        .include "probes.inc"
        .section .probes, "a"
        .quad 0
