// A program that nobody built to be traced: probes are off, and evaluate nothing, until the program
// turns them on by their names.
// RUN: g++ -std=c++17 %include %s -o %t.app %link
// RUN: rm -rf %t && mkdir %t && cd %t
// RUN: %t.app | FileCheck %s --check-prefix=OUT
// RUN: %omnitrace tree --stable | FileCheck %s --check-prefix=TREE --match-full-lines
// RUN: OMNITRACE_MODE=off %t.app | FileCheck %s --check-prefix=NEVER
// RUN: ls | count 1
// RUN: OMNITRACE_MODE=record OMNITRACE_ONLY='request:*' OMNITRACE_OUT=only.omni %t.app
// RUN: %omnitrace calls --json only.omni | FileCheck %s --check-prefix=ONLY
// RUN: %omnitrace stats only.omni | FileCheck %s --check-prefix=STATS
// RUN: %omnitrace tree only.omni | FileCheck %s --check-prefix=TIMELESS
// RUN: %omnitrace flamegraph only.omni -o - | FileCheck %s --check-prefix=BOXES
#include <omnitrace/omnitrace.h>

#include <cstdio>
#include <cstdlib>

int evaluated = 0;
int count() { return ++evaluated; }

void work(int round) {
  OMNITRACE_PROBE("request:start", round, ("count", count()));
  OMNITRACE_PROBE("request:end", round);
  OMNITRACE_PROBE("other", round);
}

int main() {
  work(0);
  std::printf("%d evaluated\n", evaluated);
  omnitrace::trace("request:*");
  work(1);
  omnitrace::untrace("request:end");
  work(2);
  omnitrace::untrace("request:start");
  work(3);
  omnitrace::trace("other");
  work(4);
  std::printf("%d evaluated\n", evaluated);
}
// OUT: 0 evaluated
// OUT-NEXT: 2 evaluated
// NEVER: 0 evaluated
// NEVER-NEXT: 0 evaluated

// TREE: thread 1 ({{.*}})
// TREE-NEXT: request:start(round=1, count=1)
// TREE-NEXT: request:end(round=1)
// TREE-NEXT: request:start(round=2, count=2)
// TREE-NEXT: other(round=4)
// TREE-NOT: {{.}}

// ONLY: {"id":1,"event":"probe",
// ONLY-SAME: "name":"request:start",
// ONLY-SAME: "args":{"round":0,"count":1},
// ONLY-NEXT: {"id":2,"event":"probe",
// ONLY-SAME: "name":"request:end",
// STATS: {{3 .*}}request:start
// TIMELESS: {{^}}  request:start(round=0, count=1){{$}}
// BOXES-NOT: request:start
