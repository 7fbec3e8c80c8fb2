#include "runtime/recording/text.h"

#include <errno.h>

#include "runtime/recording/system_calls.h"

namespace omnitrace::recording {

void Complain(const Message& message) {
  Text<Message::capacity() + 16> line;
  line << "omnitrace: " << message.view() << "\n";
  SystemCall(SYS_write, 2, line.c_str(), line.view().size());
}

std::string_view ErrorText(long result) {
  switch (-result) {
    case EACCES:
    case EPERM:
      return "Permission denied";
    case ENOENT:
      return "No such file or directory";
    case ENOTDIR:
      return "Not a directory";
    case EROFS:
      return "Read-only file system";
    case ENOSPC:
    case EDQUOT:
      return "No space left on device";
    case EFBIG:
      return "File too large";
    case EMFILE:
    case ENFILE:
      return "Too many open files";
    case ENAMETOOLONG:
      return "File name too long";
    case EIO:
      return "Input/output error";
    case ENODEV:
      return "The file system does not share mappings";
    case ENOMEM:
      return "Cannot allocate memory";
    default:
      return "System call failed";
  }
}

}  // namespace omnitrace::recording
