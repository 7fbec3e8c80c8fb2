#include "tools/model/call.h"

#include "absl/strings/str_cat.h"

namespace omnitrace::tools {
namespace {

using workspace::Reader;
using workspace::Value;

absl::Status Located(const Call& call, const absl::Status& status) {
  return absl::Status(status.code(), absl::StrCat(call.file->reader->info().path, ": offset ",
                                                  call.offset, ": ", status.message()));
}

}  // namespace

absl::StatusOr<std::vector<Reader::Argument>> ArgumentsOf(const Call& call) {
  absl::StatusOr<std::vector<Reader::Argument>> arguments =
      call.file->reader->DecodeArguments(*call.function, call.arguments);
  if (!arguments.ok()) return Located(call, arguments.status());
  for (Reader::Argument& argument : *arguments) call.file->names->Name(&argument.value);
  return arguments;
}

absl::StatusOr<Value> ResultOf(const Call& call) {
  absl::StatusOr<Value> result = call.file->reader->DecodeResult(*call.function, call.result);
  if (!result.ok()) return Located(call, result.status());
  call.file->names->Name(&*result);
  return result;
}

}  // namespace omnitrace::tools
