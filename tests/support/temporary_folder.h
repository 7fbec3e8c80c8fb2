// A folder of a test's own, gone with it. Tests of one name may run at the same time, of two trees.
#ifndef OMNITRACE_TESTS_SUPPORT_TEMPORARY_FOLDER_H_
#define OMNITRACE_TESTS_SUPPORT_TEMPORARY_FOLDER_H_

#include <stdlib.h>

#include <filesystem>
#include <string>
#include <system_error>

namespace omnitrace::testing {

class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string pattern = std::filesystem::temp_directory_path() / "omnitrace_test.XXXXXX";
    if (mkdtemp(pattern.data()) != nullptr) path_ = pattern;
  }
  ~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace omnitrace::testing

#endif  // OMNITRACE_TESTS_SUPPORT_TEMPORARY_FOLDER_H_
