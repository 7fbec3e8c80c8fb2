// Any live file, that changes while a tool looks on: an error or events, within bounds of time and
// memory, and what was lost is never found again. What is recorded of it is a sound workspace.
#include <fcntl.h>
#include <unistd.h>

#include <cstdlib>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "runtime/workspace/description.h"
#include "runtime/workspace/follower.h"
#include "tests/fuzz/live/packed_live_file.h"
#include "tools/live/foreign_calls.h"
#include "tools/live/live_calls.h"
#include "tools/live/live_file.h"
#include "tools/live/live_recording.h"
#include "tools/live/switch_board.h"

namespace omnitrace::fuzz {
namespace {

using tools::LiveEvent;
using tools::LiveFile;
using workspace::Event;
using workspace::Follower;
using workspace::Reader;

constexpr uint32_t kPlace = 1;
constexpr uint8_t kBit = LiveObserverBit(kPlace);
// A look at a file that says that all of it is in use takes 10 ms.
constexpr int kMostLooks = 30;

void Check(bool good) {
  if (!good) abort();
}

bool IsWanted(absl::string_view name) { return name.size() % 4 != 3; }

// What is on for others, too, goes on and off.
void Switch(const LiveFile& file) {
  auto directory = file.ReadDirectory();
  absl::StatusOr<std::vector<uint8_t>> switches = file.ReadSwitches();
  if (directory.ok() && switches.ok()) {
    for (const tools::LiveFunction& function : (*directory)->functions) IsOn(function, *switches);
  }
  for (bool on : {true, false}) {
    absl::StatusOr<std::unique_ptr<tools::SwitchBoard>> board = tools::SwitchBoard::Open(file);
    if (!board.ok()) return;
    (*board)->Set(kBit, on, [](const auto& function) { return IsWanted(function.name); });
    (*board)->Write().IgnoreError();
  }
}

void Decode(const LiveEvent& event) {
  const Reader& reader = *event.reader;
  Check(event.duration <= event.time);
  if (event.has_arguments) reader.DecodeArguments(*event.function, event.arguments).IgnoreError();
  if (event.kind == LiveEvent::Kind::kReturn)
    reader.DecodeResult(*event.function, event.result).IgnoreError();
  if (event.kind == LiveEvent::Kind::kThrow) reader.DecodeThrown(event.thrown_value).IgnoreError();
}

// All of it can be read. Values are as the process wrote them, which nobody has looked at.
void CheckWorkspace(const std::string& path) {
  absl::StatusOr<std::unique_ptr<Reader>> reader = Reader::Open(path);
  Check(reader.ok() && (*reader)->damage().empty());
  for (const workspace::Thread& thread : (*reader)->threads()) {
    workspace::EventCursor cursor(**reader, thread.index);
    while (cursor.Next()) {
    }
    Check(cursor.status().ok());
  }
}

// As `attach` and `record` do.
class Watcher {
 public:
  Watcher(const LiveFile& file, uint8_t flags, const std::string& path)
      : file_(file),
        from_((flags & kFromBeginning) != 0 ? Follower::From::kBeginning : Follower::From::kNow),
        foreign_(kPlace, (flags & kHasRules) != 0) {
    tools::RecordingChoice choice = {&IsWanted, nullptr, {}};
    if ((flags & kRecords) != 0)
      recording_ = std::make_unique<tools::LiveRecording>(path, true, std::move(choice));
  }
  ~Watcher() {
    if (recording_ == nullptr) return;
    recorded_.Update(recording_->Close(lost_));
    for (const std::string& path : recording_->paths()) {
      if (recorded_.ok()) CheckWorkspace(path);
      unlink(path.c_str());
    }
  }

  void Look() {
    file_.ReadHeader().IgnoreError();
    if (follower_ == nullptr) Open();
    if (follower_ == nullptr) return;
    if (!follower_->Refresh().ok()) {
      // As ObservedProcess does.
      if (has_given_) former_ = std::move(follower_);
      follower_ = nullptr;
      has_given_ = false;
      calls_.Reset();
      foreign_.Forget();
      lost_ = damaged_ = 0;
      return;
    }
    while (follower_->Next()) Use(follower_->event());
    Check(follower_->lost() >= lost_ && follower_->damaged() >= damaged_);
    lost_ = follower_->lost();
    damaged_ = follower_->damaged();
  }

 private:
  void Open() {
    absl::StatusOr<std::unique_ptr<workspace::ByteSource>> source = file_.OpenEvents();
    if (!source.ok()) return;
    absl::StatusOr<std::unique_ptr<Follower>> follower = Follower::Open(*std::move(source), from_);
    if (follower.ok()) follower_ = *std::move(follower);
    from_ = Follower::From::kBeginning;
  }
  void Use(const Event& event) {
    if (foreign_.Has(event)) return;
    has_given_ = true;
    LiveEvent live;
    if (calls_.Take(origin_, follower_->reader(), event, &live)) Decode(live);
    if (recording_ != nullptr && recorded_.ok())
      recorded_ = recording_->Take(event, follower_->reader());
  }

  const LiveFile& file_;
  Follower::From from_;
  std::unique_ptr<Follower> follower_, former_;
  bool has_given_ = false;
  const tools::LiveOrigin origin_;
  tools::LiveCalls calls_{&IsWanted};
  tools::ForeignCalls foreign_;
  std::unique_ptr<tools::LiveRecording> recording_;
  absl::Status recorded_;
  uint64_t lost_ = 0, damaged_ = 0;
};

void Watch(Bytes packed) {
  auto flags = packed.Take<uint8_t>();
  std::string_view bytes = packed.TakeText(packed.Take<uint16_t>());
  Bytes steps(reinterpret_cast<const uint8_t*>(bytes.data()), bytes.size());
  LiveFileOnDisk on_disk((flags & kKeepHeader) != 0, packed);
  absl::StatusOr<std::unique_ptr<LiveFile>> file =
      LiveFile::Open(AT_FDCWD, on_disk.path(), on_disk.path());
  if (!file.ok()) return;
  Switch(**file);
  Watcher watcher(**file, flags, on_disk.path() + ".omni");
  watcher.Look();
  for (int looks = 0; !steps.empty() && looks < kMostLooks;) {
    auto step = static_cast<Step>(steps.Take<uint8_t>() % kSteps);
    if (step == Step::kLook) {
      watcher.Look();
      ++looks;
    } else {
      on_disk.Take(step, &steps);
    }
  }
  // What was missing once is waited for.
  watcher.Look();
  watcher.Look();
  Switch(**file);
  (*file)->ReleaseEvents();
}

}  // namespace
}  // namespace omnitrace::fuzz

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  omnitrace::fuzz::Watch({data, size});
  return 0;
}
