// A program and a shared library, each with its own sites, also when visibility is hidden and the
// linker collects garbage; with both linkers.
// RUN: mkdir -p %t && cd %t
// RUN: for linker in bfd lld; do for start in record standby; do \
// RUN:   flags="-O1 -fuse-ld=$linker -ffunction-sections -fdata-sections -Wl,--gc-sections -fvisibility-inlines-hidden"; \
// RUN:   trace="%plugin -fplugin-arg-omnitrace-start=$start"; \
// RUN:   %clang $flags $trace -shared -fPIC %S/inputs/library.cc -o liblib.so && \
// RUN:   %clang $flags $trace -I%S/inputs %s %hooks -L. -llib -Wl,-rpath,%t -o app && \
// RUN:   CALLS=calls ./app && FileCheck %s < calls && \
// RUN:   %llvm-readelf -sSW app | FileCheck %s --check-prefixes=SECTIONS,SECTIONS-$linker || exit 1; done; done
#include "shared_inline.h"
namespace foo {
int library(int x);
int used(int x) { return library(x); }
int unused(int x) { return x; }  // collected: its site goes with it
}  // namespace foo
int main() { return foo::used(1) - 2; }
// CHECK: > foo::used(x=1)
// CHECK:   > foo::library(x=1)
// CHECK:     > foo::shared(x=1)
// CHECK: < foo::used = 2
// SECTIONS-NOT: {{ _ZN3foo6unusedEi$}}
// One entry, for used: lld drops the sites of unused and of Box<int>::get. GNU ld keeps what
// __start_omni_sites could reach (-z start-stop-gc is not its default), so there it is code only.
// SECTIONS-lld: omni_sites {{.*}} 000008
// SECTIONS-bfd: omni_sites
// SECTIONS-NOT: {{ _ZN3foo6unusedEi$}}
