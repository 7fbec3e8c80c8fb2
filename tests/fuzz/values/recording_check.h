// Looks at what the program has recorded so far, and throws it away, so that the file stays small.
#ifndef OMNITRACE_TESTS_FUZZ_VALUES_RECORDING_CHECK_H_
#define OMNITRACE_TESTS_FUZZ_VALUES_RECORDING_CHECK_H_

#include <string>
#include <vector>

namespace omnitrace::fuzz {

// OMNITRACE_OUT is the folder of the workspaces, FUZZ_OMNITRACE the tool.
class RecordingCheck {
 public:
  // From here on calls count, and at the program's exit they are looked at.
  void Start();
  void Expect(int calls) { expected_ += calls; }
  // Now and then looks at the calls so far.
  void CountInput();
  // Ends the program when a workspace is unsound, lacks a call or cannot be shown.
  void Look();

 private:
  std::vector<std::string> Workspaces() const;

  std::string tool_, folder_;
  long expected_ = 0;
  int inputs_ = 0;
};

}  // namespace omnitrace::fuzz

#endif  // OMNITRACE_TESTS_FUZZ_VALUES_RECORDING_CHECK_H_
