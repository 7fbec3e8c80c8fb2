#include "runtime/recording/session.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/prctl.h>

#include "runtime/recording/drop_report.h"
#include "runtime/recording/live_file.h"
#include "runtime/recording/live_rules.h"
#include "runtime/recording/loaded_objects.h"
#include "runtime/recording/memory.h"
#include "runtime/recording/output_path.h"
#include "runtime/recording/process_facts.h"
#include "runtime/recording/stable_memory.h"
#include "runtime/recording/system_calls.h"

namespace omnitrace::recording {
namespace {

// Threads alive at one time. The memory is touched only as far as it is used.
constexpr uint32_t kMostLogs = 16 * 1024;
// Looked at when a thread needs a log, so that a thousand live threads cost the next one little.
constexpr uint32_t kReclaimTries = 64;

// When there was none for a thread, until one is looked for again: that takes some 20 us, under the
// lock, and would otherwise be done for each call of such a thread.
constexpr uint64_t kLogPause = 1'000'000;  // ns

constexpr uint64_t kNoEpoch = 1;

// What a forked child inherits; the session and the logs are all zeros then.
struct Process {
  Session* session = nullptr;
  void* logs = nullptr;
  bool parsed = false;
  bool off = false;
  uint64_t ticks_per_second = 0;
  uint32_t epochs = 0;
  ClockKind clock = ClockKind::kMonotonic;
  Options options;
  Path pattern;
};
// Constant-initialised: hooks run before constructors do.
OMNITRACE_CONSTINIT Process process;

bool IsGone(uint64_t tid) { return SystemCall(SYS_tgkill, ProcessId(), tid, 0) == -ESRCH; }

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

// Once in a process; a second thread that comes here meanwhile does the same work in vain.
void Prepare() {
  Message error;
  Options options;
  Path pattern;
  bool good = ParseOptions([](const char* name) -> const char* { return getenv(name); }, &options,
                           &error) &&
              ResolvePattern(options.out, &pattern, &error);
  if (!good) {
    error << "; the program runs untraced";
    Complain(error);
  }
  process.options = options;
  process.pattern = pattern;
  process.off = !good || options.mode == Mode::kOff;
  process.parsed = true;
}

}  // namespace

OMNITRACE_CONSTINIT std::atomic<uint64_t> present_epoch{kNoEpoch};

Session* GetSession() {
  Session* session = __atomic_load_n(&process.session, __ATOMIC_ACQUIRE);
  if (session != nullptr) return process.off ? nullptr : session;
  if (!process.parsed) Prepare();
  if (process.off) return nullptr;
  void* memory = MapMemoryWipedByFork(sizeof(Session));
  if (memory == nullptr) {
    process.off = true;
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

const Options& GetOptions() { return process.options; }

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

bool Session::keeps_last() const { return observed_ || process.options.limits.keep_last; }

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
    process.clock = process.options.monotonic_clock ? ClockKind::kMonotonic : ChooseClock();
    process.ticks_per_second = EstimateTicksPerSecond(process.clock);
    FindStableMemory();
  }
  MapLogs();
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
  FileStart start = {process.clock, process.ticks_per_second, process.options.limits.size,
                     process.options.limits.rate};
  Path path;
  if (!file()->Create(process.pattern, start, &path, error)) return false;
  GetLiveFile()->SetRecording(path.view());
  if (process.options.limits.calls != 0) call_counts_.Open();
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
  if (logs_ == nullptr || !metadata_.Open(file())) return false;
  epoch_ = uint64_t{++process.epochs} << 32;
  WriteProperties();
  load_map_.Write(&metadata_);
  return true;
}

void Session::MapLogs() {
  if (process.logs == nullptr) process.logs = MapMemoryWipedByFork(kMostLogs * sizeof(ThreadLog));
  logs_ = static_cast<ThreadLog*>(process.logs);
}

void Session::NoteLoaded() {
  if (state() == State::kRecording) load_map_.Write(&metadata_);
}

bool Session::GoesBy(const RuleSet* rules) const {
  for (uint32_t i = 0; i < log_count_; ++i) {
    if (__atomic_load_n(&logs_[i].rules, __ATOMIC_SEQ_CST) == rules) return true;
  }
  return false;
}

void Session::KeepSamples() {
  for (uint32_t i = 0; i < log_count_; ++i) recording::KeepSamples(&logs_[i]);
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
  ThreadLog* log = reusable ? before : TakeLog();
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

ThreadLog* Session::TakeLog() {
  for (uint32_t tries = 0; tries < kReclaimTries && tries < log_count_; ++tries) {
    ThreadLog* log = &logs_[reclaim_hand_++ % log_count_];
    if (Reclaim(log)) return log;
  }
  return log_count_ < kMostLogs ? &logs_[log_count_++] : nullptr;
}

// Takes the log of a thread that is gone; its last block goes to the file, if it has any records.
bool Session::Reclaim(ThreadLog* log) {
  if (!log->in_use) return true;
  if (!IsGone(log->tid)) return false;
  if (log->epoch != epoch_) return true;
  if (log->stopped) return false;
  Ring* ring = keeps_last() ? &log->ring : nullptr;
  file()->AddDrops(&log->drops);
  log->CatchUp();
  log->Seal();
  log->in_use = !log->IsBlockEmpty() && log->window.Append(file(), ring) == Appended::kNoSpace;
  if (!log->in_use) log->hits.AddTo(*log->hit_places);
  return !log->in_use;
}

// Makes a log that is nobody's this thread's.
bool Session::Bind(ThreadLog* log) {
  if (log->window.is_open() && log->epoch != epoch_) {
    log->window.Close();
    log->ring = Ring();
  }
  log->in_use = false;
  bool is_first = !log->window.is_open();
  if (is_first && !log->window.Open(file())) return false;
  if (!log->frames.Open() || !log->hits.Open()) return false;
  if (log->scratch == nullptr) log->scratch = static_cast<char*>(MapMemory(kScratchBytes));
  // What limits leave out, observers may have asked for.
  const Limits limits = observed_ ? Limits() : process.options.limits;
  log->limits.Start(limits, ToTicks(limits.min), &call_counts_);
  bool marks = log->limits.least_ticks() != 0 || !limits.freeze_over.empty();
  if (marks && !log->frames.KeepMarks()) return false;
  log->always_careful = log->limits.any() || process.clock != ClockKind::kTsc;
  log->clock = process.clock;
  log->file = file();
  log->hit_places = &hit_places_[present_file_];
  log->keeps_last = keeps_last();
  log->epoch = epoch_;
  log->tid = ThreadId();
  log->thread = file()->CountThread();
  SystemCall(SYS_prctl, PR_GET_NAME, log->name);
  log->earlier_calls = is_first ? 0 : log->earlier_calls + log->standing.calls;
  log->Start();
  PrepareForRules(log);
  log->in_use = true;
  // Observers may stay for months, in which any number of threads come and go: their blocks name
  // them. Without room for this a thread has its calls, but no name.
  if (observed_) return true;
  metadata_.Write(MetadataRecord::kThread, [log](MetadataFields* fields) {
    fields->Put(log->thread);
    fields->Put(log->tid);
    fields->PutText(log->name);
    fields->Put(log->start_ticks);
  });
  return true;
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
  for (uint32_t i = 0; i < log_count_; ++i) {
    if (logs_[i].epoch == epoch_) file()->AddDrops(&logs_[i].drops);
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
  uint32_t live = 0;
  uint32_t last_slot = metadata_.window().slot();
  uint32_t last_length = metadata_.window().length();
  for (uint32_t i = 0; i < log_count_; ++i) {
    ThreadLog* log = &logs_[i];
    if (log->epoch != epoch_ || !log->in_use) continue;
    file()->AddDrops(&log->drops);
    log->hits.AddTo(*log->hit_places);
    if (log != own && !IsGone(log->tid)) {
      // It goes on writing to its window, which can be read without a seal.
      ++live;
      continue;
    }
    log->CatchUp();
    log->Seal();
    if (log->window.slot() > last_slot) {
      last_slot = log->window.slot();
      last_length = log->window.length();
    }
    log->window.Close();
    log->in_use = false;
    log->epoch = 0;
    log->mark = 0;
    log->limit = nullptr;
  }
  metadata_.Seal();
  file()->UpdateClock();
  if (live == 0) file()->CutBehind(last_slot, last_length);
  if (state() != State::kStopped) file()->SetEnd(EndState::kExited);
  if (!observed_) ReportDrops(*file(), process.options.limits.keep_last);
  file()->Close();
}

}  // namespace omnitrace::recording
