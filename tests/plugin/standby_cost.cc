// The plain version of a standby build is the plain body behind one compare and one branch, which are
// bytes in front of the code: also for another assembler, where they mean what is said here.
// RUN: for flags in -O1 -O2 "-O2 -fPIC" "-Os -fPIE" "-O2 -g -ffunction-sections" \
// RUN:     "-O2 -fno-integrated-as" "-O2 -fPIC -fno-integrated-as"; do \
// RUN:   %clang $flags %plugin -fplugin-arg-omnitrace-start=standby -c %s -o %t.o && \
// RUN:   %llvm-objdump -dr --no-show-raw-insn %t.o | FileCheck %s || exit 1; done
//
// Where something else has to stand there, or an optimiser comes later, it stays a branch.
// RUN: for flags in -fcf-protection=branch -fpatchable-function-entry=2 "-flto -fuse-ld=lld" \
// RUN:     -mcmodel=large "-pg -mfentry"; do \
// RUN:   %clang -O2 $flags %plugin -fplugin-arg-omnitrace-start=standby -S -emit-llvm %s -o - | \
// RUN:   FileCheck %s --check-prefix=BRANCH || exit 1; done
namespace foo {
int f(int a, int b) { return a + b; }

struct InMemory {
  long a, b, c, d;
};
// The twin finds what the caller left on the stack, and where to put the result.
InMemory g(InMemory x, int n) { return {x.d, x.c, x.b, x.a + n}; }
}  // namespace foo
// CHECK-LABEL: <_ZN3foo1fEii>:
// CHECK-NEXT: cmpb $0x0, (%rip)
// CHECK-NEXT: R_X86_64_PC32 __omni_switch._ZN3foo1fEii-0x5
// CHECK-NEXT: jne
// CHECK-NEXT: R_X86_64_{{PC|PLT}}32 {{.*}}-0x4
// CHECK-NEXT: lea{{.*}} (%rdi,%rsi), %eax
// CHECK-NEXT: retq
// CHECK-LABEL: <_ZN3foo1gENS_8InMemoryEi>:
// CHECK-NEXT: cmpb $0x0, (%rip)
// CHECK-NEXT: R_X86_64_PC32 __omni_switch._ZN3foo1gENS_8InMemoryEi-0x5
// CHECK-NEXT: jne
// CHECK-NOT: {{push|cmp}}
// CHECK: retq
// BRANCH-NOT: prologue
// BRANCH: load volatile i8, ptr @__omni_switch._ZN3foo1fEii
// BRANCH-NOT: prologue
