// Text in aligned columns: all but the last to the right, the last one to the left.
#ifndef OMNITRACE_TOOLS_OUTPUT_TABLE_H_
#define OMNITRACE_TOOLS_OUTPUT_TABLE_H_

#include <string>
#include <vector>

#include "tools/support/terminal.h"

namespace omnitrace::tools {

class Table {
 public:
  explicit Table(std::vector<std::string> header) : header_(std::move(header)) {}

  // As many cells as the header has; ASCII but for the last.
  void AddRow(std::vector<std::string> cells) { rows_.push_back(std::move(cells)); }
  std::string ToText(const Style& style) const;

 private:
  std::vector<std::string> header_;
  std::vector<std::vector<std::string>> rows_;
};

}  // namespace omnitrace::tools

#endif  // OMNITRACE_TOOLS_OUTPUT_TABLE_H_
