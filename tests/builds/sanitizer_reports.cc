// What a sanitizer finds in a traced program is what it finds in the plain one, at the same line of
// the same function (of its copy, in a standby build), and the call that ended the program is open.
// RUN: rm -rf %t && mkdir %t && cd %t
// RUN: flags="-g -O1 -fsanitize=address,undefined -fno-sanitize=object-size -fno-sanitize-recover"
// RUN: %clang $flags %s -o plain
// RUN: %omni $flags -fomni-ns=foo %s -o record
// RUN: %omni $flags -fomni-ns=foo -fomni-start=standby %s -o standby
// RUN: export OMNITRACE_MODE=record
// RUN: for app in plain record standby; do for error in address undefined; do \
// RUN:   OMNITRACE_OUT=$error.$app.omni ./$app $error 2> report; echo "status $?" > $app.$error; \
// RUN:   sed -n 's/ (.omni)//; s/^SUMMARY: //p' report >> $app.$error; done; done
// RUN: FileCheck %s --check-prefix=REPORT < plain.address
// RUN: FileCheck %s --check-prefix=REPORT < plain.undefined
// RUN: diff plain.address record.address && diff plain.address standby.address
// RUN: diff plain.undefined record.undefined && diff plain.undefined standby.undefined
// RUN: %omnitrace verify *.omni
// RUN: for app in record standby; do for error in address undefined; do \
// RUN:   %omnitrace tree --stable $error.$app.omni | FileCheck %s --check-prefix=$error \
// RUN:   || exit 1; done; done
// REPORT: status {{[1-9]}}
// REPORT: sanitizer_reports.cc:
#include <cstdlib>
#include <cstring>

namespace foo {
int read(const int* values, int index) { return values[index]; }
int shifted(int value, int by) { return value << by; }
}  // namespace foo

int main(int, char** argv) {
  int* values = static_cast<int*>(std::calloc(3, sizeof(int)));
  if (std::strcmp(argv[1], "address") == 0) return foo::read(values, 3);
  // address: foo::read({{.*}}, index=3) (open)
  return foo::shifted(1, 40);
  // undefined: foo::shifted(value=1, by=40) (open)
}
