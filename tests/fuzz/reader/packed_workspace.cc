#include "tests/fuzz/reader/packed_workspace.h"

#include "runtime/workspace/coding.h"
#include "runtime/workspace/format.h"

namespace omnitrace::fuzz {
namespace {

constexpr size_t kMostBlocks = 16;

template <typename Structure>
Structure TakeStructure(Bytes* bytes) {
  Structure structure = {};
  std::string_view part = bytes->TakeText(sizeof(structure));
  if (!part.empty()) memcpy(&structure, part.data(), part.size());
  return structure;
}

void Seal(FileHeader* header) {
  memcpy(header->magic, kFileMagic, sizeof(header->magic));
  header->version = header->version % 2 + 1;
  header->block_size = kBlockSize;
  header->checksum = Checksum(header, offsetof(FileHeader, checksum), 0);
}

void Seal(BlockHeader* header, std::string_view payload) {
  header->magic = kBlockMagic;
  header->length = static_cast<uint32_t>(payload.size());
  header->checksum = Checksum(payload.data(), payload.size(), header->sequence);
  header->start_checksum = StartChecksum(*header);
}

template <typename Structure>
void Put(const Structure& structure, size_t at, std::string* file) {
  memcpy(&(*file)[at], &structure, sizeof(structure));
}

}  // namespace

std::string Unpack(Bytes packed) {
  auto flags = packed.Take<uint8_t>();
  if ((flags & kIsFile) != 0) return std::string(packed.rest());
  bool seal = (flags & kKeepSums) == 0;
  std::string file(kBlockSize, '\0');
  auto header = TakeStructure<FileHeader>(&packed);
  if (seal) Seal(&header);
  Put(header, 0, &file);
  for (size_t i = 0; i < kMostBlocks && !packed.empty(); ++i) {
    size_t length = packed.Take<uint16_t>() % (kBlockPayload + 1);
    auto block = TakeStructure<BlockHeader>(&packed);
    std::string_view payload = packed.TakeText(length);
    if (seal) Seal(&block, payload);
    size_t at = file.size();
    bool cut = (flags & kIsCut) != 0 && packed.empty();
    file.resize(at + (cut ? sizeof(block) + payload.size() : kBlockSize));
    Put(block, at, &file);
    payload.copy(&file[at + sizeof(block)], payload.size());
  }
  return file;
}

}  // namespace omnitrace::fuzz
