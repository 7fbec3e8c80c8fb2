// A live file that a test writes, with recordings as it likes.
#include "tools/live/observed_process.h"

#include <fcntl.h>
#include <unistd.h>

#include <cstring>
#include <fstream>
#include <memory>
#include <string>
#include <utility>

#include "gtest/gtest.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/workspace_builder.h"

namespace omnitrace::tools {
namespace {

class ObservedProcessTest : public ::testing::Test {
 protected:
  ObservedProcessTest() {
    memcpy(header_.magic, kLiveMagic, sizeof(kLiveMagic));
    header_.version = kLiveVersion;
    header_.pid = static_cast<uint64_t>(getpid());
    header_.state = static_cast<uint32_t>(LiveState::kRecording);
  }

  std::string Path(const std::string& name) const { return folder_.path() / name; }
  void WriteHeader() const {
    std::ofstream out(Path("live"), std::ios::binary);
    out.write(reinterpret_cast<const char*>(&header_), sizeof(header_));
    out.close();
    ASSERT_EQ(truncate(Path("live").c_str(), kLiveBytes), 0);
  }
  // The process records anew.
  void Record(int number, bool any_call) {
    testing::WorkspaceBuilder builder;
    builder.header().start_unix_ns = static_cast<uint64_t>(number);
    uint32_t main = builder.AddThread("main"), function = builder.AddFunction("f");
    if (any_call) builder.Enter(main, function);
    std::string path = Path(std::to_string(number));
    std::ofstream(path, std::ios::binary) << builder.Build();
    path.copy(header_.recording, path.size());
    WriteHeader();
  }
  std::unique_ptr<ObservedProcess> Attach() const {
    auto file = LiveFile::Open(AT_FDCWD, Path("live"), "live");
    if (!file.ok()) return nullptr;
    auto observed = ObservedProcess::Attach({header_.pid, *std::move(file)},
                                            [](absl::string_view) { return true; });
    return observed.ok() ? *std::move(observed) : nullptr;
  }

  testing::TemporaryFolder folder_;
  LiveHeader header_ = {};
};

// The reader that gave a call, or null.
const workspace::Reader* Look(ObservedProcess* observed) {
  const workspace::Reader* given = nullptr;
  // What is left of the recording before is read first.
  for (int look = 0; look < 5; ++look) {
    auto any = observed->Poll([&](const workspace::Event&, const workspace::Reader& reader) {
      given = &reader;
      return true;
    });
    EXPECT_TRUE(any.ok());
  }
  return given;
}

// Who gets the events knows by it that ids are others; of every other recording there are none.
TEST_F(ObservedProcessTest, EachRecordingHasAnotherReader) {
  constexpr int kRecordings = 50;
  WriteHeader();
  std::unique_ptr<ObservedProcess> observed = Attach();
  ASSERT_NE(observed, nullptr);
  const workspace::Reader* before = nullptr;
  for (int i = 1; i <= kRecordings; ++i) {
    Record(2 * i, true);
    const workspace::Reader* now = Look(observed.get());
    ASSERT_NE(now, nullptr) << i;
    EXPECT_NE(now, before) << i;
    before = now;
    if (i % 2 == 0) continue;
    Record(2 * i + 1, false);
    ASSERT_EQ(Look(observed.get()), nullptr) << i;
  }
}

}  // namespace
}  // namespace omnitrace::tools
