// What the loader of a traced object (the program, a shared library) hands over: its sections.
#ifndef OMNITRACE_RUNTIME_RECORDING_OBJECT_H_
#define OMNITRACE_RUNTIME_RECORDING_OBJECT_H_

#include <cstdint>

#include "runtime/recording/class_table.h"
#include "runtime/recording/inlined_switches.h"
#include "runtime/workspace/description.h"

namespace omnitrace::recording {

struct SiteRange {
  Site* const* first;
  Site* const* last;
};

template <typename Use>
void ForEachSite(SiteRange range, const Use& use) {
  for (Site* const* entry = range.first; entry < range.last; ++entry) {
    // The linker may leave holes where it dropped functions.
    if (*entry != nullptr) use(*entry);
  }
}

// On pages of its own when `first` lies at the start of one, and what follows, at `behind`, at the
// start of the next one behind `last`.
struct SwitchRange {
  uint8_t* first;
  uint8_t* last;
  uint8_t* behind;
  uint8_t* shared;  // where these pages lie in the live file; null: they don't
  // Those that functions of a record build got there.
  uint8_t* given;
  uint64_t given_count;
};

struct Object {
  SiteRange sites;
  ClassRange classes;
  InlinedRange inlined;
  SwitchRange switches;
};

}  // namespace omnitrace::recording

#endif  // OMNITRACE_RUNTIME_RECORDING_OBJECT_H_
