// Every byte of a small file changed, and the file cut at every length: an error, or what was
// recorded; never a crash, a hang, or an invention.
#include <unistd.h>

#include <algorithm>
#include <iterator>
#include <set>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "runtime/workspace/reader.h"
#include "runtime/workspace/verifier.h"
#include "tests/support/workspace_builder.h"
#include "tests/support/workspace_copy.h"
#include "tests/unit/workspace/transcript.h"
#include "tests/unit/workspace/written_file.h"

namespace omnitrace::workspace {
namespace {

using ::omnitrace::testing::CopyWorkspace;
using ::omnitrace::testing::Record;
using ::omnitrace::testing::Sequence;
using ::omnitrace::testing::Signed;
using ::omnitrace::testing::Text;
using ::omnitrace::testing::WorkspaceBuilder;

// Two threads, several blocks, calls across blocks, all kinds of records.
WorkspaceBuilder SmallFile() {
  WorkspaceBuilder builder;
  uint32_t item = builder.Struct("Item", {{"name", builder.String()}, {"n", builder.Int()}});
  uint32_t f =
      builder.AddFunction("foo::f", {{"n", builder.Int()}, {"d", builder.Long()}}, builder.Int());
  uint32_t g = builder.AddFunction("foo::g", {{"items", builder.Vector(item)}}, builder.String());
  for (uint32_t thread : {builder.AddThread("main"), builder.AddThread("worker")}) {
    builder.Enter(thread, f, {Signed(1), Signed(-100000)});
    builder.Enter(thread, g, {Sequence({Record({Text("a"), Signed(7)})})});
    builder.SplitBlock(thread);
    builder.Leave(thread, Text("result"));
    builder.Enter(thread, f, {Signed(2), Signed(3)});
    builder.Throw(thread, "std::runtime_error", "what");
    builder.Dropped(thread, DropReason::kDepth, 3);
    builder.SplitBlock(thread);
    builder.Enter(thread, f, {Signed(4), Signed(5)});
    builder.Unwound(thread, 1);
    builder.Leave(thread, Signed(6));
  }
  return builder;
}

// The parts of a file that hold something: the used starts of its slots.
std::vector<size_t> UsedOffsets(const std::string& file) {
  std::vector<size_t> offsets;
  for (size_t slot = 0; slot < file.size(); slot += kBlockSize) {
    size_t end = std::min<size_t>(kBlockSize, file.size() - slot);
    while (end > 0 && file[slot + end - 1] == 0) --end;
    for (size_t i = 0; i < end; ++i) offsets.push_back(slot + i);
  }
  return offsets;
}

struct Reading {
  bool opened = false;
  bool damaged = false;
  std::vector<std::string> lines;
};

Reading Read(std::string file) {
  Reading reading;
  auto reader = Reader::Open(MemorySource(std::move(file), "small.omni"));
  if (!reader.ok()) return reading;
  Transcript transcript = ReadAll(**reader);
  Verification verification = Verifier(**reader).Run();
  reading.opened = true;
  reading.damaged =
      transcript.damaged || !(*reader)->damage().empty() || verification.problem_count != 0;
  reading.lines = std::move(transcript.lines);
  return reading;
}

// Lines of `reading` that `original` doesn't have; a gap's own event is no recorded line.
std::vector<std::string> Inventions(const Reading& reading, const Reading& original) {
  std::multiset<std::string> recorded(original.lines.begin(), original.lines.end());
  std::vector<std::string> inventions;
  for (const std::string& line : reading.lines) {
    auto found = recorded.find(line);
    bool gap = reading.damaged && line.find(" unwound ") != std::string::npos;
    if (found != recorded.end()) {
      recorded.erase(found);
    } else if (!gap && line.find("undecodable") == std::string::npos) {
      inventions.push_back(line);
    }
  }
  return inventions;
}

TEST(Corruption, TheSmallFileIsContent) {
  Reading reading = Read(SmallFile().Build());
  EXPECT_TRUE(reading.opened);
  EXPECT_FALSE(reading.damaged);
  EXPECT_EQ(reading.lines.size(), 18u);
}

TEST(Corruption, AnyChangedByte) {
  const std::string file = SmallFile().Build();
  const Reading original = Read(file);
  for (size_t offset : UsedOffsets(file)) {
    for (char mask : {'\x01', '\x80', '\xff'}) {
      std::string changed = file;
      changed[offset] = static_cast<char>(changed[offset] ^ mask);
      Reading reading = Read(std::move(changed));
      EXPECT_EQ(Inventions(reading, original), std::vector<std::string>()) << "byte " << offset;
      if (!reading.opened || reading.damaged) continue;
      EXPECT_EQ(reading.lines, original.lines) << "unnoticed loss, byte " << offset;
    }
  }
}

TEST(Corruption, AnyLength) {
  const std::string file = SmallFile().Build();
  const Reading original = Read(file);
  std::vector<size_t> lengths = UsedOffsets(file);
  for (size_t slot = 0; slot < file.size(); slot += kBlockSize) lengths.push_back(slot + 5000);
  for (size_t length : lengths) {
    Reading reading = Read(file.substr(0, length));
    EXPECT_EQ(Inventions(reading, original), std::vector<std::string>()) << "length " << length;
    if (reading.opened && length < file.size()) {
      EXPECT_TRUE(reading.damaged) << "length " << length;
    }
  }
}

// What is left of a file is copied to one where nothing is wrong, or refused.
TEST(Corruption, CopiesOfChangedFilesAreSound) {
  const std::string file = SmallFile().Build();
  WrittenFile copy;
  int copied = 0;
  for (size_t offset : UsedOffsets(file)) {
    std::string changed = file;
    changed[offset] = static_cast<char>(~changed[offset]);
    auto reader = Reader::Open(MemorySource(std::move(changed), "small.omni"));
    if (!reader.ok()) continue;
    absl::Status status = CopyWorkspace(**reader, copy.path());
    if (status.ok()) {
      EXPECT_NE(copy.Open(), nullptr) << "byte " << offset;
      ++copied;
    } else {
      EXPECT_TRUE(absl::IsInvalidArgument(status)) << "byte " << offset << ": " << status;
    }
    unlink(copy.path().c_str());
  }
  EXPECT_GT(copied, 500);
}

// Windows have no checksum over their records, so a changed byte may change a value there. The
// reader must still end, within its bounds.
TEST(Corruption, AnyChangedByteOfAKilledProcess) {
  WorkspaceBuilder builder = SmallFile();
  builder.Kill();
  const std::string file = builder.Build();
  const Reading original = Read(file);
  EXPECT_FALSE(original.damaged);
  size_t most = 100 * original.lines.size();
  for (size_t offset : UsedOffsets(file)) {
    for (char mask : {'\x01', '\x40', '\xff'}) {
      std::string changed = file;
      changed[offset] = static_cast<char>(changed[offset] ^ mask);
      EXPECT_LE(Read(std::move(changed)).lines.size(), most) << "byte " << offset;
    }
  }
}

TEST(Corruption, AKilledProcessCutAnywhereKeepsItsPrefix) {
  WorkspaceBuilder builder = SmallFile();
  builder.Kill();
  const std::string file = builder.Build();
  const Reading original = Read(file);
  for (size_t length : UsedOffsets(file)) {
    Reading reading = Read(file.substr(0, length));
    EXPECT_EQ(Inventions(reading, original), std::vector<std::string>()) << "length " << length;
  }
}

}  // namespace
}  // namespace omnitrace::workspace
