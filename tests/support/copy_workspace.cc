// copy_workspace FROM TO [GLOB...]: copies a workspace, or what functions with such names did.
#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include "runtime/workspace/glob.h"
#include "runtime/workspace/reader.h"
#include "runtime/workspace/status_macros.h"
#include "tests/support/workspace_copy.h"

namespace omnitrace::testing {
namespace {

absl::Status Copy(const std::string& from, const std::string& to,
                  const std::vector<std::string>& globs) {
  ASSIGN_OR_RETURN(std::unique_ptr<workspace::Reader> reader, workspace::Reader::Open(from));
  return CopyWorkspace(*reader, to, [&globs](const workspace::Function& function) {
    for (const std::string& glob : globs) {
      if (GlobMatches(glob, function.name)) return true;
    }
    return globs.empty();
  });
}

}  // namespace
}  // namespace omnitrace::testing

int main(int argc, char** argv) {
  if (argc < 3) {
    fprintf(stderr, "usage: copy_workspace FROM TO [GLOB...]\n");
    return 2;
  }
  absl::Status status = omnitrace::testing::Copy(argv[1], argv[2], {argv + 3, argv + argc});
  if (!status.ok()) fprintf(stderr, "%s\n", status.ToString().c_str());
  return status.ok() ? 0 : 1;
}
