// Writes workspaces for tests, call by call, with every shape that a process can leave behind:
//
//   WorkspaceBuilder builder;
//   uint32_t insert = builder.AddFunction("foo::insert", {{"n", builder.Int()}}, builder.Int());
//   uint32_t main = builder.AddThread("main");
//   builder.Enter(main, insert, {Signed(1)});
//   builder.Leave(main, Signed(2));
//   std::unique_ptr<workspace::Reader> reader = builder.Open();
//
// It shares the format's constants with the runtime but none of its code. One tick is a nanosecond;
// every record comes 10 ns after the one before unless At() says when.
#ifndef OMNITRACE_TESTS_SUPPORT_WORKSPACE_BUILDER_H_
#define OMNITRACE_TESTS_SUPPORT_WORKSPACE_BUILDER_H_

#include <cstdint>
#include <initializer_list>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "runtime/workspace/reader.h"
#include "tests/support/encoded_values.h"

namespace omnitrace::testing {

class WorkspaceBuilder {
 public:
  using Named = std::initializer_list<std::pair<std::string, uint32_t>>;

  WorkspaceBuilder();

  // Types; each gives its id. The scalars are defined once, at first use.
  uint32_t Bool();
  uint32_t Char();
  uint32_t Int();
  uint32_t Unsigned();
  uint32_t Long();
  uint32_t Double();
  uint32_t String();
  uint32_t CStringType();
  uint32_t Pointer(uint32_t element);  // element 0: the address only
  uint32_t Reference(uint32_t element);
  uint32_t Vector(uint32_t element);
  uint32_t Map(uint32_t key, uint32_t value);
  uint32_t Optional(uint32_t element);
  uint32_t Struct(std::string name, Named members);
  uint32_t Enum(std::string name, std::initializer_list<std::pair<std::string, int64_t>> values);
  // Any other; `type.id` is set here. The next call returns NextTypeId().
  uint32_t AddType(workspace::TypeInfo type);
  uint32_t NextTypeId() const { return next_type_; }

  // Functions and threads. The flags for sized values are set as the plugin does: when a type isn't
  // a scalar.
  uint32_t AddFunction(std::string name, Named parameters = {}, uint32_t result = 0);
  uint32_t AddFunction(workspace::Function function);
  uint32_t AddThread(std::string name);
  void Property(absl::string_view key, absl::string_view value);
  void RawMetadata(uint64_t kind, absl::string_view bytes);

  // The next record's time, in nanoseconds since the start.
  void At(uint64_t nanoseconds) { clock_ = nanoseconds; }
  uint64_t now() const { return clock_; }

  // Records. The end of a call that was entered in an earlier block becomes a far one by itself.
  void Enter(uint32_t thread, uint32_t function, std::initializer_list<Encoded> arguments = {});
  void Leave(uint32_t thread, const Encoded& result = {});
  void Throw(uint32_t thread, absl::string_view type, absl::string_view what);
  void Unwound(uint32_t thread, uint32_t depth);
  void Dropped(uint32_t thread, DropReason reason, uint64_t calls);
  void Other(uint32_t thread, uint64_t kind, absl::string_view bytes);
  void RawRecord(uint32_t thread, absl::string_view bytes);

  // Seals the thread's block; its next record starts another.
  void SplitBlock(uint32_t thread);
  // Leaves the thread's block out, as rate=BYTES does.
  void LeaveOutBlock(uint32_t thread);
  // Leaves the last blocks of all streams as live windows, as a killed process does.
  void Kill() { killed_ = true; }
  // Appends a copy of the thread's last block, half written: the window must win over it.
  void AddHalfWrittenCopy(uint32_t thread) { copies_.push_back(thread); }
  void AddHole();
  // For what has no call of its own; `checksum` and the live counts are set by Build.
  FileHeader& header() { return header_; }

  std::string Build() const;
  // Ends the test program when the reader refuses the file.
  std::unique_ptr<workspace::Reader> Open(std::string name = "test.omni") const;

 private:
  struct Slot {
    BlockHeader header = {};
    std::string payload;
  };
  struct Stream {
    size_t slot = 0;  // of the current block; 0: none
    uint64_t sequence = 0;
    uint64_t ticks = 0;  // of the last record
    uint64_t calls = 0;
    uint32_t far_depth = 0;
    uint32_t gap = 0;            // of the next block
    std::vector<uint32_t> open;  // functions, all of them
  };

  uint32_t Scalar(TypeKind kind, const char* name, uint32_t size);
  bool IsScalar(uint32_t type) const;
  void AddMetadata(MetadataRecord kind, const Encoded& record);
  Slot& Room(uint32_t stream, size_t bytes);
  void Append(uint32_t thread, const Encoded& record);
  uint64_t Tick(uint32_t thread);
  void Reach(uint32_t thread, uint32_t depth);
  void Seal(Slot* slot) const;
  void AppendSlot(const Slot& slot, std::string* file) const;

  FileHeader header_ = {};
  std::vector<Slot> slots_;  // slot i of the file is slots_[i - 1]; a hole has no magic
  std::map<uint32_t, Stream> streams_;
  std::map<std::string, uint32_t> scalars_;
  std::map<uint32_t, TypeKind> kinds_;
  std::map<uint32_t, workspace::Function> functions_;
  std::vector<uint32_t> copies_;
  uint32_t next_type_ = 1;
  uint32_t threads_ = 0;
  uint64_t clock_ = 10;
  bool killed_ = false;
};

}  // namespace omnitrace::testing

#endif  // OMNITRACE_TESTS_SUPPORT_WORKSPACE_BUILDER_H_
