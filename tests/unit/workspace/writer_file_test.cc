// The file of a Writer while it grows, when the writer is killed, and when there is no room for it.
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <fstream>
#include <string>
#include <thread>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "runtime/workspace/writer.h"
#include "tests/support/status_matchers.h"
#include "tests/support/workspace_builder.h"
#include "tests/support/workspace_copy.h"
#include "tests/unit/workspace/transcript.h"
#include "tests/unit/workspace/written_file.h"

namespace omnitrace::workspace {
namespace {

using ::omnitrace::testing::CopyWorkspace;
using ::omnitrace::testing::IsOk;
using ::omnitrace::testing::Signed;
using ::omnitrace::testing::StatusIs;
using ::omnitrace::testing::WorkspaceBuilder;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;

bool BeginsWith(const std::vector<std::string>& all, const std::vector<std::string>& first) {
  return first.size() <= all.size() && std::equal(first.begin(), first.end(), all.begin());
}

// Files may not be longer, for this process, while this lives.
class FileSizeLimit {
 public:
  explicit FileSizeLimit(uint64_t bytes) : handler_(signal(SIGXFSZ, SIG_IGN)) {
    getrlimit(RLIMIT_FSIZE, &before_);
    rlimit limit = {bytes, before_.rlim_max};
    setrlimit(RLIMIT_FSIZE, &limit);
  }
  ~FileSizeLimit() {
    setrlimit(RLIMIT_FSIZE, &before_);
    signal(SIGXFSZ, handler_);
  }

 private:
  rlimit before_;
  sighandler_t handler_;
};

class WriterFileTest : public ::testing::Test {
 protected:
  // Two calls stay open over all the others, for about six blocks.
  WriterFileTest() {
    builder_.Enter(main_, f_, {Signed(-1)});
    builder_.Enter(main_, f_, {Signed(-2)});
    for (int i = 0; i < 25'000; ++i) {
      builder_.Enter(main_, f_, {Signed(i)});
      builder_.Leave(main_, Signed(i));
    }
    source_ = builder_.Open();
    all_ = ReadAll(*source_).lines;
  }
  // Writes so many events more.
  absl::Status Write(Writer* writer, EventCursor* cursor, int events) {
    for (; events > 0 && cursor->Next(); --events) {
      if (absl::Status status = writer->Write(cursor->event()); !status.ok()) return status;
    }
    return absl::OkStatus();
  }

  WorkspaceBuilder builder_;
  uint32_t f_ = builder_.AddFunction("f", {{"n", builder_.Int()}}, builder_.Int());
  uint32_t main_ = builder_.AddThread("main");
  std::unique_ptr<Reader> source_;
  std::vector<std::string> all_;
  WrittenFile file_;
};

TEST_F(WriterFileTest, IsNeverOverwritten) {
  std::ofstream(file_.path()) << "precious";
  EXPECT_THAT(Writer::Create(file_.path(), *source_),
              StatusIs(absl::StatusCode::kAlreadyExists, HasSubstr(file_.path())));
  std::string content;
  std::ifstream(file_.path()) >> content;
  EXPECT_EQ(content, "precious");
}

TEST_F(WriterFileTest, IsItsUsersAlone) {
  ASSERT_THAT(CopyWorkspace(*source_, file_.path()), IsOk());
  struct stat status;
  ASSERT_EQ(stat(file_.path().c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0600);
}

TEST_F(WriterFileTest, EndsWithItsLastRecord) {
  ASSERT_THAT(CopyWorkspace(*source_, file_.path()), IsOk());
  std::unique_ptr<Reader> copy = file_.Open();
  ASSERT_NE(copy, nullptr);
  uint64_t end = 0;
  for (const Block& block : copy->blocks(main_)) {
    end = std::max(end, block.offset + sizeof(BlockHeader) + block.length);
  }
  EXPECT_EQ(copy->info().bytes, end);
}

TEST_F(WriterFileTest, ShowsWhatIsFlushed) {
  ASSERT_OK_AND_ASSIGN(std::unique_ptr<Writer> writer, Writer::Create(file_.path(), *source_));
  EXPECT_THAT(file_.Lines(), SizeIs(0));
  EventCursor cursor(*source_, main_);
  for (size_t written = 1; written < all_.size(); written += 1'111) {
    ASSERT_THAT(Write(writer.get(), &cursor, written == 1 ? 1 : 1'111), IsOk());
    ASSERT_THAT(writer->Flush(), IsOk());
    std::vector<std::string> lines = file_.Lines();
    EXPECT_THAT(lines, SizeIs(written));
    EXPECT_TRUE(BeginsWith(all_, lines));
    EXPECT_EQ(file_.Open()->info().end, EndState::kRunning);
  }
  ASSERT_THAT(Write(writer.get(), &cursor, INT_MAX), IsOk());
  ASSERT_THAT(writer->Close(), IsOk());
  EXPECT_EQ(file_.Lines(), all_);
  EXPECT_THAT(writer->Flush(),
              StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("closed")));
}

TEST_F(WriterFileTest, CanBeReadAtAnyMoment) {
  ASSERT_OK_AND_ASSIGN(std::unique_ptr<Writer> writer, Writer::Create(file_.path(), *source_));
  std::atomic<bool> done = false;
  std::thread writing([&] {
    EventCursor cursor(*source_, main_);
    for (size_t written = 0; written < all_.size(); written += 100) {
      EXPECT_THAT(Write(writer.get(), &cursor, 100), IsOk());
      EXPECT_THAT(writer->Flush(), IsOk());
    }
    EXPECT_THAT(writer->Close(), IsOk());
    done = true;
  });
  bool last = false;
  do {
    last = done;
    absl::StatusOr<std::unique_ptr<Reader>> reader = Reader::Open(file_.path());
    EXPECT_THAT(reader, IsOk());
    if (!reader.ok()) break;
    EXPECT_THAT((*reader)->damage(), SizeIs(0));
    EXPECT_TRUE(BeginsWith(all_, ReadAll(**reader).lines));
    EventCursor cursor(**reader, main_);
    while (cursor.Next()) continue;
    bool again = absl::IsUnavailable(cursor.status());  // the block was sealed meanwhile
    EXPECT_TRUE(cursor.status().ok() || again) << cursor.status();
  } while (!last);
  writing.join();
  EXPECT_EQ(file_.Lines(), all_);
}

TEST_F(WriterFileTest, IsReadableWhenTheWriterIsKilled) {
  size_t most = 0;
  for (int events : {0, 1, 9'000, 30'000, 49'000}) {
    pid_t child = fork();
    if (child == 0) {
      absl::StatusOr<std::unique_ptr<Writer>> writer = Writer::Create(file_.path(), *source_);
      EventCursor cursor(*source_, main_);
      if (writer.ok() && Write(writer->get(), &cursor, events).ok()) kill(getpid(), SIGKILL);
      _exit(1);
    }
    int status = 0;
    ASSERT_EQ(waitpid(child, &status, 0), child);
    ASSERT_TRUE(WIFSIGNALED(status));
    std::vector<std::string> lines = file_.Lines();
    EXPECT_TRUE(BeginsWith(all_, lines));
    // But for the last block, of less than a slot.
    EXPECT_GE(lines.size() + kBlockSize / 4, static_cast<size_t>(events));
    most = std::max(most, lines.size());
    ASSERT_EQ(unlink(file_.path().c_str()), 0);
  }
  EXPECT_GT(most, 25'000);
}

TEST_F(WriterFileTest, IsNotMadeWithoutRoom) {
  FileSizeLimit limit(100);
  EXPECT_THAT(Writer::Create(file_.path(), *source_).status().message(),
              HasSubstr(file_.path() + ": cannot be written at offset 100"));
  EXPECT_NE(access(file_.path().c_str(), F_OK), 0);
}

TEST_F(WriterFileTest, SaysWhenThereIsNoMoreRoom) {
  ASSERT_OK_AND_ASSIGN(std::unique_ptr<Writer> writer, Writer::Create(file_.path(), *source_));
  EventCursor cursor(*source_, main_);
  {
    FileSizeLimit limit(3 * kBlockSize + 1'000);
    EXPECT_THAT(Write(writer.get(), &cursor, INT_MAX).message(),
                HasSubstr(file_.path() + ": cannot grow at offset 196608; make room there"));
    EXPECT_THAT(writer->Flush(), Not(IsOk()));
    EXPECT_THAT(writer->Close(), Not(IsOk()));
  }
  std::vector<std::string> lines = file_.Lines();
  EXPECT_GT(lines.size(), 0);
  EXPECT_TRUE(BeginsWith(all_, lines));
  EXPECT_EQ(file_.Open()->info().end, EndState::kStopped);
}

TEST_F(WriterFileTest, GoesOnWhenThereIsRoomAgain) {
  ASSERT_OK_AND_ASSIGN(std::unique_ptr<Writer> writer, Writer::Create(file_.path(), *source_));
  EventCursor cursor(*source_, main_);
  {
    FileSizeLimit limit(3 * kBlockSize + 1'000);
    EXPECT_THAT(Write(writer.get(), &cursor, INT_MAX), Not(IsOk()));
  }
  EXPECT_THAT(writer->Write(cursor.event()), IsOk());
  EXPECT_THAT(Write(writer.get(), &cursor, INT_MAX), IsOk());
  EXPECT_THAT(writer->Close(), IsOk());
  EXPECT_EQ(file_.Lines(), all_);
}

}  // namespace
}  // namespace omnitrace::workspace
