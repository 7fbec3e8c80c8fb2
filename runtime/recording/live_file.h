// The traced process's side of its live file (runtime/workspace/live_format.h).
#ifndef OMNITRACE_RUNTIME_RECORDING_LIVE_FILE_H_
#define OMNITRACE_RUNTIME_RECORDING_LIVE_FILE_H_

#include <cstdint>
#include <string_view>

#include "runtime/recording/metadata_stream.h"
#include "runtime/recording/text.h"
#include "runtime/workspace/live_format.h"

namespace omnitrace::recording {

// All zeros is none: then every member does nothing, and the program goes on without. A forked
// child inherits its parent's until it is renewed. Called with the session's lock held, or before
// and after all threads, but for what says otherwise.
class LiveFile {
 public:
  // Makes and maps a file for this process.
  void Create();
  bool is_open() const { return base_ != nullptr; }

  // A record of the directory, whose fields `put(MetadataFields*)` puts.
  template <typename Put>
  bool Write(LiveRecord kind, const Put& put) {
    if (!ReserveRecord()) return false;
    char* record = directory_end();
    MetadataFields fields(record + kFront, record + kMostRecord, kMostText);
    put(&fields);
    return !fields.overflown() && Finish(kind, fields.out());
  }
  // So many bytes for switches, all zeros, on pages of their own or not; null when there are none.
  uint8_t* TakeSwitches(uint64_t bytes, bool pages);
  // Puts the pages of these switches in the place of others.
  bool MapSwitches(const uint8_t* switches, void* place, uint64_t bytes);
  // Whether it is one of them.
  bool Holds(const uint8_t* a_switch) const {
    return is_open() && a_switch >= switches() && a_switch < switches() + kLiveSwitchBytes;
  }
  uint64_t NumberOf(const uint8_t* a_switch) const {
    return static_cast<uint64_t>(a_switch - switches());
  }

  // The number of the switch's hits; null when there is none.
  uint64_t* HitsOf(const uint8_t* a_switch);

  // So that the memory can be written to, of which there may be none. From the file's start.
  bool Reserve(uint64_t offset, uint64_t bytes);
  // Tools are to know that there was none for events. By any thread.
  void CountShortage() {
    if (is_open()) __atomic_fetch_add(&header()->shortages, 1, __ATOMIC_RELAXED);
  }
  // Where events for observers go.
  char* events() const { return base_ + kLiveEvents; }

  void SetState(LiveState state);
  void SetRecording(std::string_view path);
  void SetTitle(std::string_view title);
  // How often tools have changed switches. By any thread.
  uint32_t changes() const {
    return is_open() ? __atomic_load_n(&header()->changes, __ATOMIC_ACQUIRE) : 0;
  }
  // A thread other than the caller is to notice that switches have changed.
  void AddChange() { __atomic_fetch_add(&header()->changes, 1, __ATOMIC_RELEASE); }

  // Null when the file isn't open. What lies there, tools may write, too.
  LiveHeader* header() const { return reinterpret_cast<LiveHeader*>(base_); }
  // Of every switch in use.
  void ClearSwitches(uint8_t bits);
  // A descriptor of the file, which is closed again soon, or what Failed() knows.
  long OpenAgain() const;

  // In a forked child: makes a file for it, with what the parent's says, in the same place of
  // memory. Without one, that memory becomes the child's own.
  void Renew();
  // Takes the file's name away, if it is this process's.
  void Remove();

 private:
  static constexpr uint64_t kMostRecord = 16 << 10;
  static constexpr uint64_t kMostText = 4 << 10;
  static constexpr size_t kFieldBytes = 4;  // of a record's kind, and of its length
  static constexpr uint64_t kFront = 2 * kFieldBytes;

  uint8_t* switches() const { return reinterpret_cast<uint8_t*>(base_ + kLiveSwitches); }
  char* directory_end() const { return base_ + kLiveDirectory + directory_bytes_; }

  long MakeFile();
  bool Map(long descriptor);
  void Fill();
  bool Copy(long descriptor) const;
  bool TakeOver(long descriptor);
  bool ReserveRecord();
  bool Finish(LiveRecord kind, const char* end);

  char* base_ = nullptr;
  uint64_t pid_ = 0, start_time_ = 0;
  uint64_t device_ = 0, inode_ = 0;
  // What the header says, too: there anybody may change it who may write to the file.
  uint64_t directory_bytes_ = 0;
  uint64_t switch_bytes_ = 0;
  uint64_t directory_room_ = 0;  // bytes that are there to be written to
  // Of kLiveHits, a bit for each page that is there.
  uint8_t hit_pages_[kLiveHitNumbers * sizeof(uint64_t) / kLivePage / 8] = {};
  Path path_;
};

// The process's.
LiveFile* GetLiveFile();

}  // namespace omnitrace::recording

#endif  // OMNITRACE_RUNTIME_RECORDING_LIVE_FILE_H_
