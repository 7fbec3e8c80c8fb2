#include "runtime/workspace/file_header.h"

#include <algorithm>
#include <cstring>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "runtime/workspace/coding.h"
#include "runtime/workspace/status_macros.h"

namespace omnitrace::workspace {
namespace {

constexpr size_t kFixedSize = offsetof(FileHeader, checksum);
constexpr size_t kLeastSize = kFixedSize + sizeof(FileHeader::checksum);

absl::Status CutInside(const std::string& name, size_t bytes, size_t expected) {
  return absl::InvalidArgumentError(absl::StrCat(name, ": cut inside its header: it has ", bytes,
                                                 " bytes, expected at least ", expected,
                                                 "; copy or record it again"));
}

// The magic and the version come first: nothing else is known to mean anything without them.
absl::Status CheckVersion(const FileHeader& header, size_t bytes, const std::string& name) {
  if (bytes < sizeof(kFileMagic) || memcmp(header.magic, kFileMagic, sizeof(kFileMagic)) != 0) {
    return absl::InvalidArgumentError(absl::StrCat(
        name, ": not an omnitrace workspace: offset 0 does not hold the magic \"OMNITRC\\n\""));
  }
  if (bytes < kLeastSize) return CutInside(name, bytes, kLeastSize);
  bool known = kOldestFormatVersion <= header.version && header.version <= kFormatVersion;
  if (known) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrCat(
      name, ": workspace format version ", header.version, " at offset ",
      offsetof(FileHeader, version), ", but this omnitrace reads versions ",
      kOldestFormatVersion, " to ", kFormatVersion, "; use the omnitrace that the program was built with, or rebuild and record it again"));
}

absl::Status CheckFixedFields(const FileHeader& header, const std::string& name) {
  uint64_t expected = Checksum(&header, kFixedSize, 0);
  if (header.checksum != expected) {
    return absl::InvalidArgumentError(
        absl::StrCat(name, ": damaged header: checksum ", absl::Hex(header.checksum), " at offset ",
                     kFixedSize, ", expected ", absl::Hex(expected), "; record it again"));
  }
  if (header.header_size < kLeastSize || header.header_size > kBlockSize ||
      header.block_size != kBlockSize) {
    return absl::InvalidArgumentError(absl::StrCat(
        name, ": header of ", header.header_size, " bytes and blocks of ", header.block_size,
        ", expected ", kLeastSize, " to ", kBlockSize, " and ", kBlockSize));
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<FileHeader> ReadFileHeader(const ByteSource& source) {
  FileHeader header = {};
  char* bytes = reinterpret_cast<char*>(&header);
  ASSIGN_OR_RETURN(size_t got, source.ReadAt(0, bytes, sizeof(header)));
  RETURN_IF_ERROR(CheckVersion(header, got, source.name()));
  RETURN_IF_ERROR(CheckFixedFields(header, source.name()));
  size_t known = std::min<size_t>(header.header_size, sizeof(header));
  if (got < known) return CutInside(source.name(), got, header.header_size);
  memset(bytes + known, 0, sizeof(header) - known);
  return header;
}

}  // namespace omnitrace::workspace
