#include "tools/output/info_json.h"

#include <string>

#include "tools/output/drops.h"
#include "tools/output/value_style.h"

namespace omnitrace::tools {

using workspace::Info;

namespace {

absl::string_view EndName(EndState end) {
  return end == EndState::kRunning ? "running" : end == EndState::kExited ? "exited" : "stopped";
}

Json FunctionsToJson(const Contents& contents, bool stable) {
  Json functions = Json::array();
  for (const workspace::Function* function : contents.functions) {
    functions.push_back(
        Json::object({{"name", TextToJson(function->name)},
                      {"signature", TextToJson(function->signature)},
                      {"file", TextToJson(SourceFile(function->file, {stable}))},
                      {"line", function->line}}));
  }
  return functions;
}

// What differs between runs.
void AddVolatile(const Info& info, Json* object) {
  (*object)["path"] = TextToJson(info.path);
  (*object)["program"] = TextToJson(info.program);
  (*object)["build_id"] = TextToJson(info.build_id);
  ProgramState state = CheckProgram(info);
  (*object)["program_changed"] =
      state == ProgramState::kUnknown ? Json(nullptr) : Json(state == ProgramState::kChanged);
  (*object)["command"] = TextToJson(info.command);
  (*object)["pid"] = info.pid;
  (*object)["host"] = TextToJson(info.host);
  (*object)["directory"] = TextToJson(info.directory);
  (*object)["start"] = info.start_unix_ns;
  (*object)["duration"] = info.duration_ns;
  (*object)["clock"] = info.clock == ClockKind::kTsc ? "tsc" : "monotonic";
  (*object)["ticks_per_second"] = info.ticks_per_second;
  (*object)["bytes"] = info.bytes;
  (*object)["blocks"] = info.blocks;
}

}  // namespace

Json InfoToJson(const Info& info, const Contents& contents, bool stable, bool functions) {
  Json object = Json::object();
  if (!stable) AddVolatile(info, &object);
  object["end"] = EndName(info.end);
  if (!info.frozen_by.empty()) object["frozen"] = TextToJson(info.frozen_by);
  object["version"] = info.version;
  object["writer"] = TextToJson(info.writer_version);
  object["calls"] = contents.calls;
  Json& dropped = object["dropped"] = Json::object();
  for (const workspace::Drop& drop : info.drops) {
    std::string name(DropName(drop.reason));  // of several newer reasons "other"
    dropped[name] = dropped.value(name, uint64_t{0}) + drop.calls;
  }
  Json& threads = object["threads"] = Json::array();
  for (auto [thread, calls] : contents.threads) {
    Json& added = threads.emplace_back(Json::object({{"thread", thread->index}}));
    if (!stable) added["tid"] = thread->tid;
    added["name"] = TextToJson(thread->name);
    added["calls"] = calls;
  }
  object["functions"] =
      functions ? FunctionsToJson(contents, stable) : Json(contents.functions.size());
  return object;
}

}  // namespace omnitrace::tools
