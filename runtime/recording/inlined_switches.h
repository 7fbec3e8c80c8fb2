// Switches that stand for others: of functions into which traced ones were inlined without a test.
#ifndef OMNITRACE_RUNTIME_RECORDING_INLINED_SWITCHES_H_
#define OMNITRACE_RUNTIME_RECORDING_INLINED_SWITCHES_H_

#include <cstdint>

namespace omnitrace::recording {

// Section omni_inlined of one object.
struct InlinedRange {
  const int32_t* first;
  const int32_t* last;
};

inline uint8_t* SwitchAt(const int32_t* word) {
  return reinterpret_cast<uint8_t*>(reinterpret_cast<uintptr_t>(word) +
                                    static_cast<uintptr_t>(intptr_t{*word}));
}

// Calls use(outer, first, last) with the words of the inner switches, which SwitchAt() finds.
template <typename Use>
void ForEachInlined(InlinedRange inlined, const Use& use) {
  const int32_t* word = inlined.first;
  while (word < inlined.last) {
    int32_t count = *word++;
    if (count == 0) continue;
    use(SwitchAt(word), word + 1, word + 1 + count);
    word += 1 + count;
  }
}

// Sets or clears bits of a switch; others may change other bits at the same time.
void SetBits(uint8_t* enabled, uint8_t bits, bool on);

// Brings kSwitchInlined in order, after kSwitchOn was changed in any number of switches.
void SpreadSwitches(InlinedRange inlined);

}  // namespace omnitrace::recording

#endif  // OMNITRACE_RUNTIME_RECORDING_INLINED_SWITCHES_H_
