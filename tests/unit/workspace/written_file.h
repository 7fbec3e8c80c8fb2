// A file for a Writer to write, in a folder of its own, and what a reader finds in it.
#ifndef OMNITRACE_TESTS_UNIT_WORKSPACE_WRITTEN_FILE_H_
#define OMNITRACE_TESTS_UNIT_WORKSPACE_WRITTEN_FILE_H_

#include <memory>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "runtime/workspace/reader.h"
#include "runtime/workspace/verifier.h"
#include "tests/support/status_matchers.h"
#include "tests/support/temporary_folder.h"
#include "tests/unit/workspace/transcript.h"

namespace omnitrace::workspace {

class WrittenFile {
 public:
  std::string path() const { return folder_.path() / "written.omni"; }

  // Null, with a failure, when it can't be read. Everything in it must be good.
  std::unique_ptr<Reader> Open() const {
    absl::StatusOr<std::unique_ptr<Reader>> reader = Reader::Open(path());
    EXPECT_THAT(reader, testing::IsOk());
    if (!reader.ok()) return nullptr;
    EXPECT_THAT((*reader)->damage(), ::testing::IsEmpty());
    for (const Problem& problem : Verifier(**reader).Run().problems) {
      ADD_FAILURE() << "offset " << problem.offset << ": " << problem.what;
    }
    return *std::move(reader);
  }

  std::vector<std::string> Lines() const {
    std::unique_ptr<Reader> reader = Open();
    return reader == nullptr ? std::vector<std::string>() : ReadAll(*reader).lines;
  }

 private:
  testing::TemporaryFolder folder_;
};

}  // namespace omnitrace::workspace

#endif  // OMNITRACE_TESTS_UNIT_WORKSPACE_WRITTEN_FILE_H_
