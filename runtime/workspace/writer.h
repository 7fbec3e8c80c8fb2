// Writes a workspace file of its own from the events of others, all of them or some:
//
//   ASSIGN_OR_RETURN(std::unique_ptr<Writer> writer, Writer::Create("chosen.omni", *reader));
//   while (cursor.Next()) RETURN_IF_ERROR(writer->Write(cursor.event()));
//   RETURN_IF_ERROR(writer->Close());
//
// The file can be read while it grows. When it isn't closed it is as that of a killed process, with
// what was in it by then: all blocks of a thread (64 KiB, which some hundreds of threads have in
// memory) but the last, and of that what Flush has shown. Not for the traced process, which must
// not allocate, nor for several threads at once.
//
// Errors name the file and the remedy. After one for lack of room everything is as before the call,
// which may be tried again.
#ifndef OMNITRACE_RUNTIME_WORKSPACE_WRITER_H_
#define OMNITRACE_RUNTIME_WORKSPACE_WRITER_H_

#include <cstdint>
#include <map>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "runtime/workspace/description_writer.h"
#include "runtime/workspace/format.h"
#include "runtime/workspace/reader.h"
#include "runtime/workspace/slot_file.h"
#include "runtime/workspace/thread_writer.h"

namespace omnitrace::workspace {

class Writer {
 public:
  // The file is of the process that `source` is of, and has the descriptions that it knows. An
  // existing file is never overwritten: AlreadyExists. It begins so many nanoseconds after the
  // recording of `source`, and the events' times count from there.
  static absl::StatusOr<std::unique_ptr<Writer>> Create(const std::string& path,
                                                        const Reader& source, uint64_t later = 0);

  // Adds the functions, types, threads, objects and properties that `source` knows and the file
  // hasn't, with the ids that they have there. `source` is a later Reader of the same process.
  absl::Status AddDescriptions(const Reader& source);

  // Adds an event as a Reader gave it, behind those of its thread so far: `time` counts from the
  // start of the recording, and one before the thread's last event counts as that. `ordinal` and
  // `offset` don't matter, nor does `depth` but of kUnwound: how many of the calls that are open in
  // this file stay open. Errors: InvalidArgument when the function isn't described, or when the
  // event doesn't end the innermost open call of its thread in this file, as ends don't that a
  // cursor delivers behind missing blocks: those are to be left out.
  absl::Status Write(const Event& event);

  // Calls that are not in the file, for Info::drops. A kDropped event does not count by itself, as
  // the source counts its calls as well.
  void CountDrops(DropReason reason, uint64_t calls);

  // Makes readable now what was written so far, but changes of calls that haven't ended.
  absl::Status Flush();

  // Completes the file: nothing can be written any more, whatever is returned. Calls that are open
  // stay so.
  absl::Status Close();

 private:
  explicit Writer(std::unique_ptr<SlotFile> file)
      : file_(std::move(file)), descriptions_(file_.get()) {}
  absl::Status CheckOpen() const;
  absl::StatusOr<ThreadWriter*> ThreadOf(const Event& event);
  absl::Status CountBlock();

  std::unique_ptr<SlotFile> file_;
  DescriptionWriter descriptions_;
  std::map<uint32_t, ThreadWriter> threads_;
  // Of the last event: events of one thread come in runs.
  uint32_t last_thread_ = 0;
  ThreadWriter* last_writer_ = nullptr;
  size_t blocks_ = 0;  // begun since all were completed
  bool open_ = true;
};

}  // namespace omnitrace::workspace

#endif  // OMNITRACE_RUNTIME_WORKSPACE_WRITER_H_
