#include "runtime/workspace/reader.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "runtime/workspace/file_header.h"
#include "runtime/workspace/reader_state.h"
#include "runtime/workspace/status_macros.h"
#include "runtime/workspace/value_decoder.h"

namespace omnitrace::workspace {
namespace {

// Adds the records of one block.
void AddMetadataBlock(absl::string_view payload, uint64_t offset, Metadata* metadata,
                      std::vector<Problem>* problems) {
  ByteParser in(payload);
  while (!in.AtEnd()) {
    uint64_t position = offset + in.position();
    uint64_t kind = in.Varint();
    absl::string_view bytes = in.Text();
    std::string wrong =
        in.ok() ? metadata->AddRecord(kind, bytes) : "record reaches beyond its block";
    if (wrong.empty()) continue;
    problems->push_back({position, std::move(wrong)});
    if (!in.ok()) return;
  }
}

// Reads all metadata that is there by now: calls listed before may use what was defined since.
// False when a live writer moved a window meanwhile.
bool LoadMetadata(const ByteSource& source, const std::vector<Block>& blocks, Metadata* metadata,
                  std::vector<Problem>* problems) {
  BlockBuffer buffer;
  for (Block block : blocks) {
    if (!block.sealed && block.window) block.length = kBlockPayload;
    if (std::optional<Problem> problem = buffer.Read(source, block)) {
      problems->push_back(*std::move(problem));
      if (problems->back().transient) return false;
    } else {
      AddMetadataBlock(buffer.payload(), block.offset + sizeof(BlockHeader), metadata, problems);
    }
  }
  return true;
}

Info MakeInfo(const ByteSource& source, const FileHeader& header, const Metadata& metadata) {
  Info info;
  info.path = source.name();
  info.program = metadata.Property("program");
  info.command = metadata.Property("command");
  info.build_id = metadata.Property("build_id");
  info.host = metadata.Property("host");
  info.directory = metadata.Property("directory");
  info.frozen_by = metadata.Property("frozen");
  info.writer_version = metadata.Property("version");
  info.pid = header.pid;
  info.version = header.version;
  info.clock = header.clock;
  info.start_unix_ns = header.start_unix_ns;
  info.start_mono_ns = header.start_mono_ns;
  info.end = header.end;
  for (uint32_t reason = 0; reason < kDropReasons; ++reason) {
    if (header.drops[reason] == 0) continue;
    info.drops.push_back({static_cast<DropReason>(reason), header.drops[reason]});
  }
  info.bytes = source.size();
  return info;
}

// Those that the metadata names, and those that only have blocks.
std::vector<Thread> ListThreads(const Metadata& metadata, const BlockIndex& index) {
  std::map<uint32_t, Thread> threads = metadata.threads();
  for (const auto& [thread, blocks] : index.streams) {
    if (thread != 0) threads.try_emplace(thread, Thread{thread, 0, "", 0});
  }
  std::vector<Thread> list;
  for (auto& [index, thread] : threads) list.push_back(std::move(thread));
  return list;
}

}  // namespace

Reader::Reader() : state_(std::make_unique<State>()) {}
Reader::~Reader() = default;

absl::StatusOr<std::unique_ptr<Reader>> Reader::Open(const std::string& path) {
  ASSIGN_OR_RETURN(std::unique_ptr<ByteSource> source, OpenFile(path));
  return Open(std::move(source));
}

absl::StatusOr<std::unique_ptr<Reader>> Reader::Open(std::unique_ptr<ByteSource> source) {
  std::unique_ptr<Reader> reader(new Reader);
  State& state = *reader->state_;
  state.source = std::move(source);
  ASSIGN_OR_RETURN(state.header, ReadFileHeader(*state.source));
  state.Load();
  state.info.duration_ns = state.scale.ToNanoseconds(state.header.last_ticks);
  for (const Thread& thread : state.threads) {
    size_t blocks = reader->blocks(thread.index).size();
    EventCursor last(*reader, thread.index, blocks - std::min<size_t>(blocks, 1), 1);
    while (last.Next()) {
      state.info.duration_ns = std::max(state.info.duration_ns, last.event().time);
    }
  }
  return reader;
}

void Reader::State::Load() {
  constexpr int kAttempts = 3;
  scale = TimeScale(header);
  for (int attempt = 1; attempt <= kAttempts; ++attempt) {
    metadata = Metadata();
    index = ScanBlocks(*source, header, scale);
    problems = index.problems;
    if (LoadMetadata(*source, index.streams[0], &metadata, &problems)) break;
  }
  metadata.BuildIndex();
  layouts = RecordLayouts(metadata);
  CheckFirstBlocks();
  if (!scale.consistent()) {
    problems.push_back(
        {offsetof(FileHeader, last_ticks),
         "the clock's two readings contradict its first estimate, which is used instead"});
  }
  for (const Problem& problem : problems) damage.push_back(ToStatus(problem, source->name()));
  Describe();
}

void Reader::State::Describe() {
  threads = ListThreads(metadata, index);
  info = MakeInfo(*source, header, metadata);
  info.ticks_per_second = scale.ticks_per_second();
  info.blocks = index.blocks;
}

void Reader::State::CheckFirstBlocks() {
  keeps_last = KeepsLast();
  for (const auto& [thread, blocks] : index.streams) {
    bool all_wanted = thread == 0 || !keeps_last;
    if (blocks.empty() || blocks.front().sequence == 0 || !all_wanted) continue;
    if (blocks.front().gap != 0) continue;
    problems.push_back(
        {blocks.front().offset, absl::StrCat("block ", blocks.front().sequence, " of thread ",
                                             thread, ", expected block 0: blocks are missing")});
  }
}

const Info& Reader::info() const { return state_->info; }
const std::vector<Thread>& Reader::threads() const { return state_->threads; }
const std::vector<absl::Status>& Reader::damage() const { return state_->damage; }
const std::vector<Function>& Reader::functions() const { return state_->metadata.functions(); }
const std::vector<LoadedObject>& Reader::objects() const { return state_->metadata.objects(); }
uint64_t Reader::descriptions() const { return state_->metadata.additions(); }
const TypeInfo* Reader::type(uint32_t id) const { return state_->metadata.FindType(id); }
const std::vector<TypeInfo>& Reader::types() const { return state_->metadata.types(); }

const std::map<std::string, std::string>& Reader::properties() const {
  return state_->metadata.properties();
}

const Function& Reader::function(uint32_t id) const {
  static const Function* const unknown = [] {
    auto* function = new Function;
    function->name.assign(1, '?');  // GCC 12 warns of an overlap that isn't there for "?"
    return function;
  }();
  int64_t index = state_->metadata.FindFunction(id);
  return index < 0 ? *unknown : functions()[static_cast<size_t>(index)];
}

const std::vector<Block>& Reader::blocks(uint32_t thread) const {
  static const auto* const none = new std::vector<Block>;
  auto found = state_->index.streams.find(thread);
  return thread == 0 || found == state_->index.streams.end() ? *none : found->second;
}

uint64_t Reader::ToNanoseconds(uint64_t ticks) const { return state_->scale.ToNanoseconds(ticks); }

absl::StatusOr<std::vector<Reader::Argument>> Reader::DecodeArguments(
    const Function& function, absl::string_view bytes) const {
  return DecodeParameters(function, 0, bytes);
}

absl::StatusOr<std::vector<Reader::Argument>> Reader::DecodeChanged(const Function& function,
                                                                    absl::string_view bytes) const {
  return DecodeParameters(function, kParameterMutable, bytes);
}

// Of the parameters that have these flags.
absl::StatusOr<std::vector<Reader::Argument>> Reader::DecodeParameters(
    const Function& function, uint32_t flags, absl::string_view bytes) const {
  ValueDecoder decoder(state_->metadata, bytes);
  std::vector<Argument> arguments;
  for (const ParameterInfo& parameter : function.parameters) {
    if ((parameter.flags & flags) != flags) continue;
    absl::StatusOr<Value> value = decoder.Next(parameter.type);
    if (!value.ok()) {
      return absl::DataLossError(absl::StrCat("argument ", parameter.name, " of ", function.name,
                                              ": ", value.status().message()));
    }
    arguments.push_back({&parameter, *std::move(value)});
  }
  if (decoder.AtEnd()) return arguments;
  return absl::DataLossError(absl::StrCat("arguments of ", function.name, ": ", bytes.size(),
                                          " bytes, expected ", decoder.position()));
}

absl::StatusOr<Value> Reader::DecodeThrown(absl::string_view bytes) const {
  if (bytes.empty()) return Value();
  ByteParser parser(bytes);
  uint32_t type = parser.Varint32();
  if (!parser.ok() || state_->metadata.FindType(type) == nullptr) {
    return absl::DataLossError(absl::StrCat("exception of type ", type, ", which is not defined"));
  }
  return DecodeWhole(type, parser.Rest(), "exception", "");
}

absl::StatusOr<Value> Reader::DecodeResult(const Function& function,
                                           absl::string_view bytes) const {
  return DecodeWhole(function.result, bytes, "result of ", function.name);
}

absl::StatusOr<Value> Reader::DecodeWhole(uint32_t type, absl::string_view bytes,
                                          absl::string_view what, absl::string_view name) const {
  ValueDecoder decoder(state_->metadata, bytes);
  absl::StatusOr<Value> value = decoder.Next(type);
  if (!value.ok()) {
    return absl::DataLossError(absl::StrCat(what, name, ": ", value.status().message()));
  }
  if (decoder.AtEnd()) return value;
  return absl::DataLossError(
      absl::StrCat(what, name, ": ", bytes.size(), " bytes, expected ", decoder.position()));
}

}  // namespace omnitrace::workspace
