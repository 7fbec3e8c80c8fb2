#include "runtime/recording/session.h"

#include "runtime/recording/drop_report.h"
#include "runtime/recording/live_file.h"
#include "runtime/recording/live_rules.h"
#include "runtime/recording/loaded_objects.h"
#include "runtime/recording/memory.h"
#include "runtime/recording/process_facts.h"
#include "runtime/recording/process_options.h"
#include "runtime/recording/stable_memory.h"
#include "runtime/recording/system_calls.h"

namespace omnitrace::recording {
namespace {

// When there was none for a thread, until one is looked for again: that takes some 20 us, under the
// lock, and would otherwise be done for each call of such a thread.
constexpr uint64_t kLogPause = 1'000'000;  // ns

constexpr uint64_t kNoEpoch = 1;

// What a forked child inherits; the session is all zeros then.
struct Process {
  Session* session = nullptr;
  bool has_no_memory = false;
  uint64_t ticks_per_second = 0;
  uint32_t epochs = 0;
  ClockKind clock = ClockKind::kMonotonic;
};
// Constant-initialised: hooks run before constructors do.
OMNITRACE_CONSTINIT Process process;

LiveState LiveStateOf(Session::State state) {
  switch (state) {
    case Session::State::kNone:
      return LiveState::kStandby;
    case Session::State::kRecording:
      return LiveState::kRecording;
    case Session::State::kStopped:
      return LiveState::kStopped;
    case Session::State::kFrozen:
      return LiveState::kFrozen;
    case Session::State::kEnded:
      break;
  }
  return LiveState::kEnded;
}

}  // namespace

OMNITRACE_CONSTINIT std::atomic<uint64_t> present_epoch{kNoEpoch};

Session* GetSession() {
  Session* session = __atomic_load_n(&process.session, __ATOMIC_ACQUIRE);
  if (session != nullptr) return session;
  if (!MayRecord() || process.has_no_memory) return nullptr;
  void* memory = MapMemoryWipedByFork(sizeof(Session));
  if (memory == nullptr) {
    process.has_no_memory = true;
    Message error;
    error << "no memory that forks wipe (Linux 4.14 has it); the program runs untraced";
    Complain(error);
    return nullptr;
  }
  // Of two threads here, one wins.
  bool won = __atomic_compare_exchange_n(&process.session, &session, static_cast<Session*>(memory),
                                         false, __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE);
  if (!won) UnmapMemory(memory, sizeof(Session));
  return process.session;
}

void Session::SetState(State state) {
  state_.store(state, std::memory_order_release);
  uint64_t present = kNoEpoch;
  if (state == State::kRecording) present = epoch_;
  if (state == State::kStopped) present = epoch_ | kStoppedEpoch;
  present_epoch.store(present, std::memory_order_release);
  bool observed = state == State::kRecording && observed_;
  GetLiveFile()->SetState(observed ? LiveState::kObserved : LiveStateOf(state));
}

uint64_t Session::ToTicks(uint64_t nanoseconds) const {
  double seconds = static_cast<double>(nanoseconds) * 1e-9;
  return static_cast<uint64_t>(seconds * static_cast<double>(process.ticks_per_second));
}

bool Session::keeps_last() const { return observed_ || GetOptions().limits.keep_last; }

bool Session::Start(Purpose purpose) {
  if (observed_ && purpose == Purpose::kOwn && state() == State::kRecording) {
    // Threads go on writing to what observers may still read, until they come by.
    Finish(nullptr);
    SetState(State::kNone);
  }
  if (state() != State::kNone) return state() == State::kRecording;
  Message error;
  observed_ = purpose == Purpose::kObservers;
  if (observed_ ? BeginObserved() : Begin(&error)) {
    SetState(State::kRecording);
    if (process.epochs > 1) ForgetRegistrations(epoch_);
    return true;
  }
  if (observed_) return false;
  SetState(State::kEnded);
  Complain(error);
  return false;
}

void Session::Prepare() {
  if (process.ticks_per_second == 0) {
    process.clock = GetOptions().monotonic_clock ? ClockKind::kMonotonic : ChooseClock();
    process.ticks_per_second = EstimateTicksPerSecond(process.clock);
    FindStableMemory();
  }
  present_file_ ^= 1;
  *file() = WorkspaceFile();
  hit_places_[present_file_].Start();
  metadata_ = MetadataStream();
  registry_ = Registry();
  load_map_ = LoadMap();
  call_counts_ = CallCounts();
  log_pause_.store(0, std::memory_order_relaxed);
}

bool Session::Begin(Message* error) {
  Prepare();
  FileStart start = {process.clock, process.ticks_per_second, GetOptions().limits.size,
                     GetOptions().limits.rate};
  Path path;
  if (!file()->Create(GetOutputPattern(), start, &path, error)) return false;
  GetLiveFile()->SetRecording(path.view());
  if (GetOptions().limits.calls != 0) call_counts_.Open();
  if (Open()) return true;
  *error << "no space for a recording; the program runs untraced";
  return false;
}

bool Session::BeginObserved() {
  Prepare();
  FileStart start = {process.clock, process.ticks_per_second, 0, 0};
  if (file()->Share(GetLiveFile(), start) && Open()) return true;
  Pause();
  return false;
}

bool Session::Open() {
  if (!logs_.Open() || !metadata_.Open(file())) return false;
  epoch_ = uint64_t{++process.epochs} << 32;
  WriteProperties();
  load_map_.Write(&metadata_);
  return true;
}

void Session::NoteLoaded() {
  if (state() == State::kRecording) load_map_.Write(&metadata_);
}

void Session::WriteProperties() {
  WriteProcessFacts(&metadata_);
  if (keeps_last()) metadata_.WriteProperty("keep", "last");
}

ThreadLog* Session::OpenLog(ThreadLog* before, Purpose purpose) {
  if (IsPaused()) return nullptr;
  Section section(&lock_);
  if (!Start(purpose) || IsPaused()) return nullptr;
  // A log that a fork has wiped, or one of an earlier recording.
  bool reusable = before != nullptr && before->in_use && before->tid == ThreadId();
  ThreadLog* log = reusable ? before : logs_.Take(epoch_);
  if (log != nullptr && Bind(log)) return log;
  Pause();
  return nullptr;
}

void Session::Pause() {
  log_pause_.store(ReadTicks(process.clock) + ToTicks(kLogPause), std::memory_order_relaxed);
}

bool Session::IsPaused() const {
  uint64_t until = log_pause_.load(std::memory_order_relaxed);
  return until != 0 && ReadTicks(process.clock) < until;
}

// Makes a log that is nobody's this thread's.
bool Session::Bind(ThreadLog* log) {
  if (!log->Open(file(), epoch_)) return false;
  // What limits leave out, observers may have asked for.
  const Limits limits = observed_ ? Limits() : GetOptions().limits;
  log->limits.Start(limits, ToTicks(limits.min), &call_counts_);
  bool marks = log->limits.least_ticks() != 0 || !limits.freeze_over.empty();
  if (marks && !log->frames.KeepMarks()) return false;
  log->always_careful = log->limits.any() || process.clock != ClockKind::kTsc;
  log->clock = process.clock;
  log->hit_places = &hit_places_[present_file_];
  log->keeps_last = keeps_last();
  log->epoch = epoch_;
  log->Start();
  PrepareForRules(log);
  // Observers may stay for months, in which any number of threads come and go: their blocks name
  // them.
  if (!observed_) WriteThread(*log);
  return true;
}

// Without room for this a thread has its calls, but no name.
void Session::WriteThread(const ThreadLog& log) {
  metadata_.Write(MetadataRecord::kThread, [&log](MetadataFields* fields) {
    fields->Put(log.thread);
    fields->Put(log.tid);
    fields->PutText(log.name);
    fields->Put(log.start_ticks);
  });
}

bool Session::Register(Site* site) {
  Section section(&lock_);
  // Another thread may have been faster, or the recording may have come to its end.
  uint64_t registration = LoadRegistration(site);
  if ((registration & kEpochMask) == epoch_ && (registration & kRegistrationId) != 0) return true;
  if (state() != State::kRecording || !registry_.Register(site, epoch_, &metadata_)) return false;
  auto id = static_cast<uint32_t>(LoadRegistration(site) & kRegistrationId);
  hit_places_[present_file_].Add(id, HitsOf(*site));
  return true;
}

uint32_t Session::RegisterType(Type* type) {
  uint32_t written = __atomic_load_n(&type->written, __ATOMIC_ACQUIRE);
  if (written == epoch_ >> 32) return static_cast<uint32_t>(type->registration & kRegistrationId);
  Section section(&lock_);
  if (state() != State::kRecording) return 0;
  return registry_.RegisterType(type, epoch_, &metadata_);
}

void Session::SetTitle(const char* title) {
  Section section(&lock_);
  GetLiveFile()->SetTitle(title);
  if (state() == State::kRecording) metadata_.WriteProperty("title", title);
}

void Session::Flush() {
  Section section(&lock_);
  if (!HasFile()) return;
  for (ThreadLog& log : logs_) {
    if (log.epoch == epoch_) file()->AddDrops(&log.drops);
  }
  file()->UpdateClock();
  file()->Sync();
}

void Session::Stop() {
  Section section(&lock_);
  if (state() != State::kRecording) return;
  file()->UpdateClock();
  file()->SetEnd(EndState::kStopped);
  SetState(State::kStopped);
}

void Session::Freeze(std::string_view cause) {
  Section section(&lock_);
  if (state() != State::kRecording || observed_) return;
  metadata_.WriteProperty("frozen", cause);
  SetState(State::kFrozen);
}

void Session::End(ThreadLog* own) {
  Section section(&lock_);
  if (HasFile()) Finish(own);
  SetState(State::kEnded);
}

void Session::Reset(ThreadLog* own) {
  Section section(&lock_);
  if (!HasFile() || observed_) return;
  Finish(own);
  SetState(State::kNone);
  Start();
}

void Session::Finish(ThreadLog* own) {
  bool all_ended = true;
  uint32_t last_slot = metadata_.window().slot();
  uint32_t last_length = metadata_.window().length();
  for (ThreadLog& log : logs_) {
    if (log.epoch != epoch_ || !log.in_use) continue;
    file()->AddDrops(&log.drops);
    log.hits.AddTo(*log.hit_places);
    if (&log != own && !log.IsThreadGone()) {
      // It goes on writing to its window, which can be read without a seal.
      all_ended = false;
      continue;
    }
    log.End();
    if (log.window.slot() > last_slot) {
      last_slot = log.window.slot();
      last_length = log.window.length();
    }
    log.window.Close();
  }
  metadata_.Seal();
  file()->UpdateClock();
  if (all_ended) file()->CutBehind(last_slot, last_length);
  if (state() != State::kStopped) file()->SetEnd(EndState::kExited);
  if (!observed_) ReportDrops(*file(), GetOptions().limits.keep_last);
  file()->Close();
}

}  // namespace omnitrace::recording
