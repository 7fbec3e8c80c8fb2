// Numbers as people read them.
#ifndef OMNITRACE_TOOLS_OUTPUT_UNITS_H_
#define OMNITRACE_TOOLS_OUTPUT_UNITS_H_

#include <cstdint>
#include <string>

namespace omnitrace::tools {

std::string DurationText(uint64_t nanoseconds);  // "850ns", "1.20us", "12.3ms", "1.25s"
std::string SecondsText(uint64_t nanoseconds);   // "0.000012345"
std::string CountText(uint64_t count);           // "1,234,567"
std::string BytesText(uint64_t bytes);           // "640 B", "1.2 MiB"

}  // namespace omnitrace::tools

#endif  // OMNITRACE_TOOLS_OUTPUT_UNITS_H_
